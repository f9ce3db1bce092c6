import { describe, expect, it } from "vitest";
import { small, useWorkflowBench } from "./workflows.testkit";

const bench = useWorkflowBench();
const count = 8;
const all = <T>(work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

describe("3.21 slugs that are taken at the same moment", () => {
  it("eight workflows renamed at once to eight slugs: all of them are", async () => {
    await all((index) => bench.create(`old-${String(index)}`));
    const answers = await all((index) =>
      bench.call("PATCH", `/api/workflows/old-${String(index)}`, { slug: `new-${String(index)}` }),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: count }, () => 200));
  });

  it("eight workflows renamed at once to one slug: one is, the others are told", async () => {
    await all((index) => bench.create(`before-${String(index)}`));
    const answers = await all((index) =>
      bench.call("PATCH", `/api/workflows/before-${String(index)}`, { slug: "wanted" }),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: count - 1 }, () => 409)]);
    for (const { status, json } of answers) if (status === 409) expect(json.error.code).toBe("slug_taken");
  });

  it("eight workflows made at once with one name: each gets a slug of its own; with one slug: one gets it", async () => {
    const named = await all(() =>
      bench.call("POST", "/api/workflows", { ...small("x"), slug: undefined, name: "Same name" }),
    );
    expect(named.map(({ status }) => status)).toEqual(Array.from({ length: count }, () => 201));
    expect(new Set(named.map(({ json }) => json.data.workflow.slug)).size).toBe(count);
    const asked = await all(() => bench.call("POST", "/api/workflows", small("one-slug")));
    expect(asked.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: count - 1 }, () => 409)]);
  });
});
