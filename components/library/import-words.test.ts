import { describe, expect, it } from "vitest";
import { countWords, placeWords, summaryWords } from "./import-words";

describe("what an import says", () => {
  it("names what it understood", () => {
    const summary = { slug: null, slugTaken: false, graph: { nodes: [], edges: [] } };
    expect(
      summaryWords({
        ...summary,
        name: "Refund desk",
        steps: [
          { title: "Notify", count: 3 },
          { title: "Approval", count: 1 },
        ],
        triggers: ["event", "manual", "event"],
      }),
    ).toBe("Refund desk: 4 steps (3 Notify, 1 Approval), started by event and manual.");
    expect(summaryWords({ ...summary, name: "One", steps: [{ title: "Wait", count: 1 }], triggers: [] })).toBe(
      "One: 1 step (1 Wait).",
    );
    const many = ["A", "B", "C", "D", "E"].map((title) => ({ title, count: 1 }));
    expect(summaryWords({ ...summary, name: "Many", steps: many, triggers: ["api"] })).toBe(
      "Many: 5 steps (1 A, 1 B, 1 C, 1 D, others), started by api.",
    );
  });

  it("names the place, and counts", () => {
    expect(placeWords({ line: 4, column: 7, path: "spec" })).toBe("Line 4, column 7");
    expect(placeWords({ line: null, column: null, path: "spec.nodes[0]" })).toBe("spec.nodes[0]");
    expect(countWords([{ severity: "error" }, { severity: "warning" }, { severity: "warning" }])).toBe(
      "1 error, 2 warnings",
    );
    expect(countWords([])).toBe("");
  });
});
