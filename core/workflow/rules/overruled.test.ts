import { describe, expect, it } from "vitest";
import { chain, done, issuesOf, verify } from "@/core/workflow/validate.testkit";

const output = (id: string) => ({ id, type: "output", output: { from: id } });

function found(raw: object, code: string): string[] {
  return issuesOf(raw).flatMap((issue) =>
    issue.code === code ? [`${issue.severity} ${issue.path} ${issue.message}`] : [],
  );
}

describe("B-56 several_results", () => {
  const both =
    'warning nodes[2] "a" and "b" may both run, and only one of them becomes the result. Put everything into one output, or use branches of which one is taken.';
  const check = { id: "check", type: "condition", expression: "input.ok" };
  const fork = { id: "fork", type: "parallel" };

  it.each<[string, object, string[]]>([
    ["one after the other", chain([verify, output("a"), output("b")]), [both]],
    [
      "side by side",
      chain(
        [fork, output("a"), output("b")],
        [
          { from: "fork", to: "a" },
          { from: "fork", to: "b" },
        ],
      ),
      [both],
    ],
    [
      "in branches of which one is taken",
      chain(
        [check, output("a"), output("b")],
        [
          { from: "check", to: "a", case: "true" },
          { from: "check", to: "b", case: "false" },
        ],
      ),
      [],
    ],
    [
      "in branches of which one is taken, behind a join",
      chain(
        [fork, verify, { ...verify, id: "again" }, check, output("a"), output("b")],
        [
          { from: "fork", to: "verify" },
          { from: "fork", to: "again" },
          { from: "verify", to: "check" },
          { from: "again", to: "check" },
          { from: "check", to: "a", case: "true" },
          { from: "check", to: "b", case: "false" },
        ],
      ),
      [],
    ],
    ["with one switched off", chain([verify, output("a"), { ...output("b"), disabled: true }]), []],
  ])("%s", (_where, raw, expected) => {
    expect(found(raw, "several_results")).toEqual(expected);
  });
});

describe("B-56 unused_on_error", () => {
  const edges = [
    { from: "verify", to: "after" },
    { from: "verify", to: "done", case: "error" },
  ];
  const after = { ...verify, id: "after" };

  it.each(["fail", "continue"])("says that the connection for errors wins over onError %s", (onError) => {
    expect(found(chain([{ ...verify, onError }, after, done], edges), "unused_on_error")).toEqual([
      `warning nodes[0].onError If "verify" fails, the run follows its connection for errors, so onError "${onError}" never applies. Remove one of the two.`,
    ]);
  });

  it("has nothing to say where one of them is there", () => {
    expect(found(chain([verify, after, done], edges), "unused_on_error")).toEqual([]);
    expect(found(chain([{ ...verify, onError: { next: "done" } }, after, done]), "unused_on_error")).toEqual([]);
    expect(found(chain([{ ...verify, onError: "fail" }, after, done]), "unused_on_error")).toEqual([]);
  });
});
