import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { createRunsScene, edge, effect, type RunsScene } from "./runs.testkit";

let scene: RunsScene;
beforeAll(async () => {
  scene = await createRunsScene();
  await scene.publish("derived", spec);
});
afterAll(() => scene.close());

const input = { person: { code: "kestrel-plover-heron", age: 7391846, city: "Lisbon" }, note: "north wing" };

/** What authors make of a value, and what comes out for this one. */
const ways: readonly [name: string, expression: string, made: string][] = [
  ["upper", "upper(input.person.code)", "KESTREL-PLOVER-HERON"],
  ["part", "split(trigger.person.code, '-')[0]", "kestrel"],
  ["joined", "step.file.output.code + '!'", "kestrel-plover-heron!"],
  ["base64", "base64(input.person.code)", "a2VzdHJlbC1wbG92ZXItaGVyb24="],
  ["substring", "input.person.code.substring(8, 14)", "plover"],
  ["short", "input.person.code.substring(1, 3)", "es"],
  ["number", "string(input.person.age + 1)", "7391847"],
  ["rounded", "input.person.age / 10", "739184"],
  ["list", "[input.person.code].map(each, upper(each))", "KESTREL-PLOVER-HERON"],
  ["whole", "json(input.person)", "kestrel-plover-heron"],
];
const made = [...new Set([input.person.code, String(input.person.age), ...ways.map(([, , out]) => out)])].filter(
  (text) => text.length > 3,
);

const spec = {
  startNodeId: "file",
  nodes: [
    {
      id: "file",
      type: "transform",
      expression: { code: "${input.person.code}", age: "${input.person.age}" },
      sensitive: ["code", "age"],
    },
    {
      id: "make",
      type: "transform",
      expression: {
        ...Object.fromEntries(ways.map(([name, expression]) => [name, `\${${expression}}`])),
        object: { inside: "${input.person}" },
        text: "Code ${lower(upper(input.person.code))}.",
        plain: "${input.note}",
        all: "${input}",
      },
      result: "Made ${output.upper} of ${output.plain}",
    },
    { id: "again", type: "transform", expression: { twice: "${replace(step.make.output.upper, '-', '+')}" } },
    { id: "route", type: "decision", expression: "upper(input.person.code)", cases: ["A"] },
    {
      id: "each",
      type: "loop",
      items: "[input.person.code, step.make.output.joined]",
      body: {
        startNodeId: "one",
        nodes: [{ id: "one", type: "transform", expression: { it: "${upper(item)}" } }],
        edges: [],
      },
    },
    effect("tell", { path: "/tell/${upper(input.person.code)}", body: { made: "${step.make.output}" } }),
    {
      id: "ask",
      type: "approval",
      assignTo: "owner@north.holdpoint.test",
      actionLabel: "Close ${upper(input.person.code)}?",
      context: {
        headline: "About ${step.make.output.part}",
        fields: [
          { label: "Short", value: "${step.make.output.short}" },
          { label: "Note", value: "${input.note}" },
          "step.make.output.base64",
        ],
      },
      bindFields: ["step.make.output.number"],
    },
    {
      id: "done",
      type: "end",
      message: "Closed ${upper(input.person.code)}",
      output: {
        code: "${split(input.person.code, '-')[1]}",
        short: "${step.make.output.short}",
        note: "${input.note}",
      },
    },
  ],
  edges: [
    edge("file", "make"),
    edge("make", "again"),
    edge("again", "route"),
    edge("route", "each", "default"),
    edge("each", "tell"),
    edge("tell", "ask"),
    edge("ask", "done", "approved"),
  ],
};

const shown = (id: string) =>
  Promise.all(
    ["", "/events", "/receipts", "/steps"].map(async (part) => {
      const { status, json } = await rest(scene.north.members.viewer.apiKey, "GET", `/api/v1/runs/${id}${part}`);
      expect(status).toBe(200);
      return json;
    }),
  );

describe("M11 what is made of a sensitive value", () => {
  let waiting = "";
  let steps: Map<string, { output: Record<string, unknown>; input: unknown; summary: string | null }>;

  it("is shown to nobody who looks on, whatever it was made into", async () => {
    waiting = await scene.start("derived", input);
    const run = await scene.reached(waiting, "waiting_approval");
    steps = new Map(run.steps.map((step: { node_id: string }) => [step.node_id, step]));
    const seen = await shown(waiting);
    for (const part of seen) expect(made.filter((text) => JSON.stringify(part).includes(text))).toEqual([]);
    const list = await rest(scene.north.members.viewer.apiKey, "GET", "/api/v1/approvals");
    expect(made.filter((text) => JSON.stringify(list.json).includes(text))).toEqual([]);
    const [card] = list.json.approvals;
    expect(card.fields.map(({ value }: { value: string }) => value)).toEqual(["••••", "north wing", "••••"]);
  });

  it.each(ways)("%s: %s", (name) => {
    expect(steps.get("make")?.output[name]).toBe("••••");
  });

  it("leaves what was made of nothing sensitive, and where it went", () => {
    expect(steps.get("make")?.output).toMatchObject({
      plain: "north wing",
      // The words around it are the author's.
      text: "Code ••••.",
      object: { inside: { code: "••••", age: "••••", city: "Lisbon" } },
      all: { note: "north wing", person: { code: "••••", city: "Lisbon" } },
    });
    expect(steps.get("make")?.summary).toBe("••••");
    expect(steps.get("route")).toMatchObject({ output: "••••", summary: "••••", status: "completed" });
    expect(steps.get("again")?.output).toEqual({ twice: "••••" });
  });

  it("is on the card of who decides, as the author wrote it, and in nothing beside that", async () => {
    const [{ id }] = (await rest(scene.north.members.owner.apiKey, "GET", "/api/v1/approvals")).json.approvals;
    const card = await rest(scene.north.members.owner.apiKey, "GET", `/api/v1/approvals/${id}`);
    expect(card.json).toMatchObject({ action_label: "Close KESTREL-PLOVER-HERON?" });
    const onlooker = await rest(scene.north.members.viewer.apiKey, "GET", `/api/v1/approvals/${id}`);
    expect(made.filter((text) => JSON.stringify(onlooker.json).includes(text))).toEqual([]);
    await rest(scene.north.members.owner.apiKey, "POST", `/api/v1/approvals/${id}/approve`, {});
    const ended = await scene.reached(waiting, "completed");
    expect(ended).toMatchObject({
      message: "Closed ••••",
      output: { code: "••••", short: "••••", note: "north wing" },
      input: { person: { code: "••••", age: "••••", city: "Lisbon" } },
    });
    for (const part of await shown(waiting))
      expect(made.filter((text) => JSON.stringify(part).includes(text))).toEqual([]);
  });

  it("is in neither the audit log nor the log of events", async () => {
    const { rows } = await scene.database.pool.query(
      "select data from audit_entries union all select data from run_events where run_id = $1",
      [waiting],
    );
    expect(rows.length).toBeGreaterThan(5);
    expect(made.filter((text) => JSON.stringify(rows).includes(text))).toEqual([]);
  });
});

describe("L1 what is made of an answer that is not kept on record", () => {
  it("is shown to nobody, and the rest of the run is", async () => {
    expect(await scene.call("PATCH", "/api/v1/connections/echo", { record_bodies: false })).toMatchObject({
      status: 200,
    });
    await scene.publish("unkept", {
      startNodeId: "look",
      nodes: [
        effect("look", { path: "/kestrel-plover" }),
        {
          id: "make",
          type: "transform",
          expression: {
            upper: "${upper(step.look.output.path)}",
            size: "${string(size(step.look.output.path))}",
            status: "${step.look.status}",
          },
        },
        { id: "done", type: "end", message: "${step.make.output.size}", output: { it: "${step.make.output}" } },
      ],
      edges: [edge("look", "make"), edge("make", "done")],
    });
    const id = await scene.start("unkept");
    const run = await scene.reached(id, "completed");
    const make = run.steps.find((step: { node_id: string }) => step.node_id === "make");
    expect(make.output).toEqual({ upper: "••••", size: "••••", status: "completed" });
    expect(run).toMatchObject({
      message: "••••",
      output: { it: { upper: "••••", size: "••••", status: "completed" } },
    });
    for (const part of await shown(id)) expect(JSON.stringify(part)).not.toContain("KESTREL-PLOVER");
  });
});
