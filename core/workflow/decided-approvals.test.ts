import { describe, expect, it } from "vitest";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import type { Spec } from "./document";
import { lostApprovals, type ComparedVersion } from "./lost-approvals";
import { approval, pay, spec, version, type Written } from "./lost-approvals.testkit";

const live = spec([approval, pay], [["ask", "pay", "approved"]]);

describe("what an old version asks for less, because something that decides about the approval comes out otherwise there", () => {
  type Edge = [string, string, string?];
  const limit: Written = { id: "limit", type: "condition", expression: "input.amount > vars.limit" };
  const branches: Edge[] = [
    ["limit", "ask", "true"],
    ["limit", "pay", "false"],
    ["ask", "pay", "approved"],
  ];
  const limited = (over: Partial<Written> = {}, before: Written[] = [], edges: Edge[] = []): Spec =>
    spec([...before, { ...limit, ...over }, approval, pay], [...edges, ...branches]);
  const lost = (now: ComparedVersion, old: ComparedVersion): string[] =>
    lostApprovals(now, old, stepDefinitions, triggerDefinitions).map(({ name }) => name);
  const variables = (values: ComparedVersion["config"]["variables"]) => ({ config: { variables: values } });
  const reads = (expression: string) => ({ expression });

  it.each(["input.amount > vars.limit", "input.amount > limit", "input.amount > vars[input.kind]"])(
    "is by a variable that a condition reads: %s",
    (expression) => {
      const at = (values: ComparedVersion["config"]["variables"]) =>
        version(limited(reads(expression)), variables(values));
      expect(lost(at({ limit: 100 }), at({ limit: 1_000_000 }))).toEqual(["Manager"]);
      expect(lost(at({ limit: 100 }), at({ limit: 100 }))).toEqual([]);
    },
  );

  it("is not by a variable that nothing on the way reads", () => {
    const at = (colour: string) => version(limited(), variables({ limit: 100, colour }));
    expect(lost(at("red"), at("blue"))).toEqual([]);
  });

  it("is by a variable that says who is asked", () => {
    const who = spec([{ ...approval, assignTo: "${vars.who}" }, pay], [["ask", "pay", "approved"]]);
    const at = (name: string) => version(who, variables({ who: name }));
    expect(lost(at("role:owner"), at("role:builder"))).toEqual(["Manager"]);
    expect(lost(at("role:owner"), at("role:owner"))).toEqual([]);
  });

  it("is by what the loop around it goes through, and not by how many at a time", () => {
    const looped = (more: object): Spec =>
      spec(
        [
          {
            id: "each",
            type: "loop",
            body: { startNodeId: "ask", nodes: [approval, pay], edges: [{ from: "ask", to: "pay", case: "approved" }] },
            ...more,
          },
        ],
        [],
      );
    const now = version(looped({ items: "input.a" }));
    expect(lost(now, version(looped({ items: "input.a.filter(i, i > 1000)" })))).toEqual(["Manager"]);
    expect(lost(now, version(looped({ items: "input.a", concurrency: 5, name: "All" })))).toEqual([]);
    const until = (text: string) => version(looped({ until: text, max: 3 }));
    expect(lost(until("step.pay.output.done"), until("true"))).toEqual(["Manager"]);
  });

  it.each<[string, object]>([
    ["path", { path: "/nothing" }],
    ["body", { method: "POST", body: { always: false } }],
    ["service", { service: "other" }],
    ["method", { method: "POST" }],
    ["disabled", { disabled: true }],
  ])("is by a call whose output the condition reads: its %s", (_, other) => {
    const check = { id: "check", type: "service_call", service: "risk", method: "GET", path: "/risk" };
    const on = (expression: string, more: object = {}) =>
      version(limited(reads(expression), [{ ...check, ...more }], [["check", "limit"]]));
    expect(lost(on("step.check.output.risky"), on("step.check.output.risky", other))).toEqual(["Manager"]);
    expect(lost(on("input.amount > 100"), on("input.amount > 100", other))).toEqual([]);
    expect(lost(on("input.amount > 100"), version(limited(reads("input.amount > 100"))))).toEqual([]);
    const shaped = (more: object) =>
      version(
        limited(
          reads("step.shape.output"),
          [
            { ...check, ...more },
            { id: "shape", type: "transform", expression: "step.check.output.risky" },
          ],
          [
            ["check", "shape"],
            ["shape", "limit"],
          ],
        ),
      );
    expect(lost(shaped({}), shaped(other))).toEqual(["Manager"]);
  });

  it("is by a call that leads to it when it fails", () => {
    const checked = (path: string, edges: Edge[]) =>
      version(
        spec(
          [{ id: "check", type: "service_call", service: "risk", path }, approval, pay],
          [...edges, ["ask", "pay", "approved"]],
        ),
      );
    const both: Edge[] = [
      ["check", "pay"],
      ["check", "ask", "error"],
    ];
    expect(lost(checked("/a", both), checked("/b", both))).toEqual(["Manager"]);
    expect(
      lost(
        checked("/a", both),
        checked("/a", [
          ["check", "pay"],
          ["check", "pay", "error"],
        ]),
      ),
    ).toEqual(["Manager"]);
    expect(lost(checked("/a", both), checked("/a", both))).toEqual([]);
  });

  it("is by what a trigger makes of the input, its filter, and a default", () => {
    const hook = (more: object, type = "webhook") => [{ id: "in", type, ...more }] as ComparedVersion["triggers"];
    const at = (triggers: ComparedVersion["triggers"], read = limited(reads("input.amount > 100"))) =>
      version(read, { triggers });
    const now = at(hook({ input: { amount: "${trigger.body.amount}", note: "a" } }));
    expect(lost(now, at(hook({ input: { amount: 0, note: "a" } })))).toEqual(["Manager"]);
    expect(lost(now, at(hook({ input: { note: "a" } })))).toEqual(["Manager"]);
    expect(lost(now, at(hook({})))).toEqual(["Manager"]);
    expect(lost(now, at([...now.triggers, { id: "tick", type: "schedule", input: { amount: 0 } }]))).toEqual([
      "Manager",
    ]);
    expect(lost(now, at(hook({ input: { amount: "${trigger.body.amount}", note: "b" }, label: "x" })))).toEqual([]);
    expect(lost(now, at([]))).toEqual([]);
    const on = (filter: string) => at(hook({ filter, event: "e" }, "event"));
    expect(lost(on("true"), on("trigger.amount < 5"))).toEqual(["Manager"]);
    const defaults = (amount: number, description = "") =>
      version({
        ...limited(reads("input.amount > 100")),
        inputSchema: {
          properties: { amount: { type: "number", default: amount, description }, note: { default: amount } },
        },
      });
    expect(lost(defaults(1000), defaults(0))).toEqual(["Manager"]);
    expect(lost(defaults(1000), defaults(1000, "In cents"))).toEqual([]);
    const always = (triggers: ComparedVersion["triggers"]) => version(live, { triggers });
    expect(lost(always([]), always(hook({ input: { amount: 0 } })))).toEqual([]);
  });

  it("is by a way that leads past it, though another way led past it already", () => {
    const now = version(limited());
    const past = version(limited({}, [], [["limit", "pay", "true"]]));
    expect(lost(now, past)).toEqual(["Manager"]);
    const any = spec([limit, approval, { ...pay, join: "any" }], branches);
    expect(lost(now, version(any))).toEqual(["Manager"]);
    const loose = spec([limit, approval, pay], branches.slice(0, 2));
    expect(lost(now, version(loose))).toEqual(["Manager"]);
    const more: Written = { id: "vip", type: "condition", expression: "input.vip" };
    const skipped = limited(
      {},
      [more],
      [
        ["vip", "limit", "false"],
        ["vip", "pay", "true"],
      ],
    );
    expect(lost(now, version(skipped))).toEqual(["Manager"]);
  });

  it("is where the same is done by a step of another name, and not where a name, a place or what comes behind differs", () => {
    const other = { ...pay, id: "payout" };
    expect(
      lost(
        version(live),
        version(
          spec(
            [{ id: "fork", type: "parallel" }, approval, other],
            [
              ["fork", "ask"],
              ["fork", "payout"],
            ],
          ),
        ),
      ),
    ).toEqual(["Manager"]);
    const behind = (amount: string): Spec =>
      spec(
        [approval, { ...pay, path: "/pay", body: { amount }, name: amount, ui: { position: { x: 1, y: 1 } } }],
        [["ask", "pay", "approved"]],
      );
    expect(lost(version(behind("1")), version(behind("2")))).toEqual([]);
  });
});
