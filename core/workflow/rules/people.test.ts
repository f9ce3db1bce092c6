import { describe, expect, it } from "vitest";
import { connectorCatalog } from "@/connectors/definitions";
import type { Scope } from "@/core/permissions";
import { defaultConfig } from "@/core/workflow/document";
import type { Trigger } from "@/core/workflow/document";
import { importSpec } from "@/core/workflow/import";
import { validateSpec } from "@/core/workflow/validate";
import type { People } from "@/core/workflow/validate";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";

/** Who stands where: `vic` may only look. */
const groups: Readonly<Record<string, readonly string[]>> = {
  "role:manager": ["max"],
  "role:operator": ["oscar", "max"],
  "role:empty": [],
  "role:viewer": ["vic"],
  "team:finance": ["max"],
  "max@acme.com": ["max"],
};

function peopleOf(members: readonly string[]): People {
  return {
    all: () => members,
    behind: (reference) => groups[reference]?.filter((person) => members.includes(person)) ?? null,
    may: (person: string, _scope: Scope) => person !== "vic",
  };
}

function findings(
  step: object,
  options: { members?: string[]; triggers?: Trigger[] } = {},
): [string, string, string][] {
  const raw = { startNodeId: "ask", nodes: [{ id: "ask", ...step }], edges: [] };
  const imported = importSpec(raw, stepDefinitions);
  if (!imported.ok) throw new Error(JSON.stringify(imported.issues));
  return validateSpec(imported.spec, {
    definitions: stepDefinitions,
    triggerDefinitions,
    connectors: connectorCatalog,
    connections: null,
    triggers: options.triggers ?? [{ id: "api", type: "api" }],
    config: defaultConfig,
    people: peopleOf(options.members ?? ["max", "oscar", "vic", "olive"]),
  })
    .filter(({ code }) => code === "no_reachable_approver")
    .map(({ severity, path, message }) => [severity, path, message]);
}

const places = (...given: Parameters<typeof findings>) =>
  findings(...given).map(([severity, path]) => `${severity} ${path}`);

describe("K12 a wait that nobody can end does not go live", () => {
  it.each<[string, object, string]>([
    ["a role that is not there", { type: "approval", assignTo: "role:managr" }, '"role:managr" does not exist'],
    ["a role that nobody has", { type: "approval", assignTo: "role:empty" }, '"role:empty" has no active member'],
    [
      "people who may only look",
      { type: "approval", assignTo: "role:viewer" },
      'waits for people who may not answer: "role:viewer" has nobody who may decide approvals. Ask other people, or give somebody there the role approver: with less nobody may decide approvals.',
    ],
    [
      "a form for people who may not fill it in",
      { type: "form", schema: {}, assignTo: "role:viewer" },
      '"role:viewer" has nobody who may fill in forms. Ask other people, or give somebody there the role operator',
    ],
    [
      "a hand-off to people who may not take it",
      { type: "handoff", assignTo: ["role:viewer"] },
      '"role:viewer" has nobody who may take over conversations. Ask other people, or give somebody there the role operator',
    ],
    ["B-57 an empty list", { type: "approval", assignTo: [] }, "waits for nobody: its list of people is empty"],
    ["a word that names nobody", { type: "approval", assignTo: "manager" }, '"manager" names nobody'],
    [
      "several who are all not there",
      { type: "approval", assignTo: ["role:empty", "a@b.co"] },
      '"a@b.co" does not exist',
    ],
    ["a hand-off", { type: "handoff", assignTo: "team:nope" }, '"team:nope" does not exist'],
    ["a form", { type: "form", schema: {}, assignTo: "gone@acme.com" }, '"gone@acme.com" does not exist'],
  ])("%s", (_what, step, words) => {
    expect(findings(step)).toEqual([["error", "nodes[0].assignTo", expect.stringContaining(words)]]);
  });

  it("the default, operators, counts as much as a name that was written", () => {
    expect(places({ type: "approval" }, { members: ["olive"] })).toEqual([`error nodes[0].assignTo`]);
    expect(findings({ type: "approval" })).toEqual([]);
  });

  it("those who are asked after the time has run out are people too", () => {
    const step = {
      type: "approval",
      assignTo: "role:manager",
      timeoutHours: 1,
      onTimeout: "escalate",
      escalateTo: "role:empty",
    };
    expect(places(step)).toEqual([`error nodes[0].escalateTo`]);
  });

  it("somebody is enough, and who is missing beside them is a warning", () => {
    expect(places({ type: "approval", assignTo: ["role:manager", "role:empty"] })).toEqual([
      `warning nodes[0].assignTo`,
    ]);
    expect(findings({ type: "approval", assignTo: "max@acme.com" })).toEqual([]);
    expect(findings({ type: "form", schema: {} })).toEqual([]);
  });

  it("whom the data chooses is left to the run", () => {
    expect(findings({ type: "approval", assignTo: "${input.approver}" })).toEqual([]);
    expect(findings({ type: "approval", assignTo: ["role:empty", "${input.approver}"] })).toEqual([]);
  });

  it("as many are needed as must approve, and in a sequence somebody of each", () => {
    const step = { type: "approval", assignTo: ["role:operator", "role:manager"] };
    expect(findings({ ...step, quorum: { mode: "count", n: 2 } })).toEqual([]);
    expect(findings({ ...step, quorum: { mode: "count", n: 3 } })).toEqual([
      [
        "error",
        "nodes[0].quorum.n",
        expect.stringContaining("needs 3 approvals, and only 2 of those who are asked may give one"),
      ],
    ]);
    expect(findings({ ...step, assignTo: "${input.who}", quorum: { mode: "count", n: 3 } })).toEqual([]);
    const inTurn = { ...step, quorum: { mode: "sequence" } };
    expect(findings(inTurn)).toEqual([]);
    expect(findings({ ...inTurn, assignTo: ["role:operator", "role:empty"] })).toEqual([
      [
        "error",
        "nodes[0].assignTo",
        expect.stringContaining('asks one after the other, and "role:empty" has no active member'),
      ],
    ]);
    expect(places({ ...inTurn, assignTo: ["role:empty", "role:viewer"] })).toEqual(["error nodes[0].assignTo"]);
  });

  it("four eyes need a second pair", () => {
    const step = { type: "approval", assignTo: "role:manager", policy: { requesterCannotApprove: true } };
    const place = "nodes[0].policy.requesterCannotApprove";
    expect(places(step, { members: ["max", "vic"] })).toEqual([`error ${place}`]);
    expect(places(step)).toEqual([`warning ${place}`]);
    expect(places(step, { members: ["max"], triggers: [{ id: "hook", type: "webhook" }] })).toEqual([
      `warning ${place}`,
    ]);
    expect(findings({ ...step, assignTo: "role:operator" })).toEqual([]);
  });
});

describe("A13 people without an account", () => {
  const outside = { type: "approval", outside: true };
  const fourEyes = { policy: { requesterCannotApprove: true } };

  it("an address of nobody here is reachable where the step asks outside, and else it says what may have been meant", () => {
    expect(findings({ ...outside, assignTo: "Ann@law.test" })).toEqual([]);
    expect(findings({ ...outside, assignTo: "role:empty" })).toMatchObject([
      ["error", "nodes[0].assignTo", expect.anything()],
    ]);
    expect(findings({ type: "approval", assignTo: "ann@law.test" })).toMatchObject([
      ["error", "nodes[0].assignTo", expect.stringContaining("only where `outside` is true") as string],
    ]);
    expect(findings({ type: "approval", assignTo: "role:empty" })[0]?.[2]).not.toContain("outside");
  });

  it("each address is one person: two make two, in any spelling of one it stays one", () => {
    const two = { ...outside, quorum: { mode: "count", n: 2 } };
    expect(findings({ ...two, assignTo: ["ann@law.test", "bo@law.test"] })).toEqual([]);
    expect(places({ ...two, assignTo: ["ann@law.test", "ANN@law.test"] })).toEqual(["error nodes[0].quorum.n"]);
  });

  it("under four eyes one person outside is enough, but not one whom whoever starts the run names", () => {
    expect(findings({ ...outside, ...fourEyes, assignTo: "ann@law.test" })).toEqual([]);
    expect(places({ ...outside, ...fourEyes, assignTo: "${input.lawyer}" })).toEqual([
      "error nodes[0].policy.requesterCannotApprove",
    ]);
    expect(places({ ...outside, ...fourEyes, assignTo: ["role:operator", "${input.lawyer}"] })).toEqual([
      "warning nodes[0].policy.requesterCannotApprove",
    ]);
    expect(places({ ...outside, assignTo: "${input.lawyer}" })).toEqual([]);
    expect(places({ type: "approval", ...fourEyes, assignTo: "${input.lawyer}" })).toEqual([]);
  });
});
