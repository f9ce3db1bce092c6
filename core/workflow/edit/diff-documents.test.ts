import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultConfig } from "@/core/workflow/document";
import { importSpec } from "@/core/workflow/import";
import { sameJson } from "@/core/json-guard";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import { applyOperations } from "./apply-operations";
import { diffDocuments } from "./diff-documents";
import type { EditableDocument, Operation } from "./operation";
import { editableDocument, exampleDocuments, operationFrom, operationSeeds } from "./operations.testkit";

const upgrade = exampleDocuments["subscription-upgrade"] ?? empty();

function empty(): EditableDocument {
  return { spec: { specVersion: "1", startNodeId: "", nodes: [], edges: [] }, triggers: [], config: defaultConfig };
}

function words(document: EditableDocument, ...operations: Operation[]): string[] {
  const { document: after, refused } = applyOperations(document, operations, stepDefinitions, triggerDefinitions);
  expect(refused).toEqual([]);
  return diffDocuments(document, after, stepDefinitions, triggerDefinitions).map(({ text }) => text);
}

describe("steps", () => {
  it("F-44 a new step, a removed one, by type and name", () => {
    expect(
      words(upgrade, { op: "add_node", node: { id: "cfo", type: "approval", name: "CFO signs" }, container: null }),
    ).toEqual(["Approval step CFO signs was added"]);
    expect(words(upgrade, { op: "remove_node", id: "approve", heal: true })).toContain(
      "Approval step Manager approval required was removed",
    );
  });

  it("fields by what they are called, before and after", () => {
    expect(
      words(upgrade, {
        op: "update_node",
        id: "approve",
        changes: [
          { path: ["assignTo"], value: "role:account_owner" },
          { path: ["policy", "requesterCannotApprove"], value: true },
        ],
      }),
    ).toEqual([
      "Manager approval required: Who decides: manager, now account owner; The requester cannot approve: none, now yes",
    ]);
    expect(
      words(upgrade, { op: "update_node", id: "approve", changes: [{ path: ["name"], value: "Second look" }] }),
    ).toEqual(["Second look was called Manager approval required"]);
    expect(words(upgrade, { op: "update_node", id: "verify", changes: [{ path: ["disabled"], value: true }] })).toEqual(
      ["Verify customer identity was switched off"],
    );
    expect(
      words(upgrade, { op: "update_node", id: "verify", changes: [{ path: ["timeoutMs"], value: 90_000 }] }),
    ).toEqual(["Verify customer identity: Timeout: none, now 90 seconds"]);
  });

  it("M-9 steps inside a loop, and steps that went into it", () => {
    const stock = exampleDocuments["weekly-stock-check"] ?? empty();
    const loop = stock.spec.nodes.find(({ type }) => type === "loop");
    expect(loop?.id).toBe("each");
    const added = words(stock, {
      op: "add_node",
      node: { id: "pause", type: "wait", duration: "PT5M" },
      container: "each",
    });
    expect(added).toEqual([`Wait step pause was added inside ${loop?.name ?? "each"}`]);
    const [outer] = stock.spec.nodes.filter(({ id }) => id !== "each" && id !== stock.spec.startNodeId);
    const moved = words(stock, { op: "nest_node", id: outer?.id ?? "", container: "each", x: null, y: null });
    expect(moved[0]).toBe(`${outer?.name ?? outer?.id ?? ""} was moved into ${loop?.name ?? "each"}`);
  });

  it("the body that a request sends is a field like others", () => {
    const kyc = exampleDocuments["indonesian-kyc-v1"] ?? empty();
    const call: Operation = { op: "update_node", id: "kyc", changes: [{ path: ["body", "customerId"], value: "7" }] };
    expect(words(kyc, call)).toEqual(["kyc: Body customerId: ${trigger.customerId}, now 7"]);
  });

  it("where a step stands on the canvas is no change", () => {
    expect(words(upgrade, { op: "move_nodes", moves: [{ id: "verify", x: 900, y: 1 }] })).toEqual([]);
  });
});

describe("connections", () => {
  it("by the names of the steps and the branch", () => {
    const before = applyOperations(
      upgrade,
      [{ op: "add_node", node: { id: "sorry", type: "end", name: "Say sorry" }, container: null }],
      stepDefinitions,
      triggerDefinitions,
    ).document;
    expect(words(before, { op: "connect", from: "approve", case: "timed_out", to: "sorry" })).toEqual([
      "Connection Manager approval required → Say sorry (Timed out) was added",
    ]);
    expect(words(before, { op: "disconnect", from: "verify", case: "out", to: "eligible" })).toEqual([
      "Connection Verify customer identity → Check plan eligibility was removed",
    ]);
    expect(
      words(
        before,
        { op: "disconnect", from: "approve", case: "rejected", to: rejected() },
        { op: "connect", from: "approve", case: "rejected", to: "sorry" },
      ),
    ).toEqual([`Manager approval required (Rejected) led to ${nameOf(rejected())}, now to Say sorry`]);
    expect(words(before, { op: "set_start", container: null, id: "eligible" })).toEqual([
      "The workflow began with Verify customer identity, now with Check plan eligibility",
    ]);
  });

  function rejected(): string {
    return upgrade.spec.edges.find(({ from, case: handle }) => from === "approve" && handle === "rejected")?.to ?? "";
  }

  function nameOf(id: string): string {
    return upgrade.spec.nodes.find((node) => node.id === id)?.name ?? id;
  }
});

describe("what is around the steps", () => {
  it("triggers in words, schedules too", () => {
    const nightly = { id: "nightly", type: "schedule" as const, label: "Nightly", cron: "0 9 * * 1-5" };
    expect(words(upgrade, { op: "put_trigger", trigger: nightly })).toEqual([
      "Schedule trigger Nightly was added: every weekday at 09:00 (UTC)",
    ]);
    const with_ = applyOperations(
      upgrade,
      [{ op: "put_trigger", trigger: nightly }],
      stepDefinitions,
      triggerDefinitions,
    ).document;
    expect(
      words(with_, { op: "put_trigger", trigger: { ...nightly, cron: "30 7 1 * *", timezone: "Asia/Jakarta" } }),
    ).toEqual([
      "Schedule trigger Nightly: Schedule: every weekday at 09:00, now on the 1st of the month at 07:30; Time zone: none, now Asia/Jakarta",
    ]);
    expect(words(upgrade, { op: "remove_trigger", id: "manual" })).toEqual(["Manual trigger was removed"]);
  });

  it("settings and variables", () => {
    expect(
      words(upgrade, {
        op: "set_config",
        changes: [
          { path: ["maxRetries"], value: 5 },
          { path: ["timeoutMs"], value: 600_000 },
          { path: ["variables", "limit"], value: 3 },
          { path: ["concurrency", "limit"], value: 2 },
        ],
      }),
    ).toEqual(
      expect.arrayContaining([
        "Max retries: 3, now 5",
        "Timeout: 5 minutes, now 10 minutes",
        "Variable limit: none, now 3",
        "Runs at once: none, now 2",
      ]),
    );
  });

  it("the fields that the workflow is given", () => {
    const properties = {
      email: { type: "string", format: "email", title: "Customer" },
      current_plan: { type: "string", enum: ["free", "pro", "enterprise"], title: "Plan today" },
      seats: { type: "integer", title: "Seats" },
    };
    expect(
      words(upgrade, { op: "set_input_schema", schema: { type: "object", required: ["email", "seats"], properties } }),
    ).toEqual([
      "Input field Plan today: Title: Current plan, now Plan today",
      "Input field conversationId was removed",
      "Input field Seats was added",
      "Seats must be given now; current_plan may be left out now",
    ]);
  });
});

it("F-44 nothing is said exactly when nothing but places differs, and every change has words", () => {
  fc.assert(
    fc.property(editableDocument, operationSeeds, (document, seeds) => {
      const operations = seeds.map((seed) => operationFrom(seed, document));
      const after = applyOperations(document, operations, stepDefinitions, triggerDefinitions).document;
      const changes = diffDocuments(document, after, stepDefinitions, triggerDefinitions);
      for (const { text, id, subject } of changes) {
        expect([subject, id, text]).toEqual([subject, id, expect.stringMatching(/^[^a-z]?\S/)]);
        expect(text).not.toMatch(/undefined|\[object/);
      }
      if (changes.length === 0) expect(said(after)).toEqual(said(document));
      expect(diffDocuments(document, document, stepDefinitions, triggerDefinitions)).toEqual([]);
      if (!sameJson(said(document), said(after)) && isRoundTrip(after)) expect(changes.length).toBeGreaterThan(0);
    }),
    { numRuns: Number(process.env["PROPERTY_RUNS"] ?? 100) },
  );
}, 120_000);

function isRoundTrip(document: EditableDocument): boolean {
  return importSpec(document.spec, stepDefinitions).ok;
}

/** Without places, spellings and the order of lists that have none. */
function said(document: EditableDocument): unknown {
  const bare = JSON.parse(
    JSON.stringify(document, (key, value: unknown) => (key === "ui" || key === "x-source" ? undefined : value)),
  ) as EditableDocument;
  return JSON.parse(JSON.stringify(sorted(bare))) as unknown;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(sorted);
    const objects = items.every(
      (item) => typeof item === "object" && item !== null && ("id" in item || "from" in item),
    );
    if (!objects) return items;
    const texts = [...new Set(items.map((item) => JSON.stringify(item)))];
    return texts.sort().map((text) => JSON.parse(text) as unknown);
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => left.localeCompare(right))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
