import { expect, it } from "vitest";
import { createLookup } from "./lookup";

function numbers() {
  const queries: string[][] = [];
  const lookup = createLookup((ids) => {
    queries.push(ids);
    if (ids.includes("broken")) return Promise.reject(new Error("no database"));
    return Promise.resolve(new Map(ids.filter((id) => !Number.isNaN(Number(id))).map((id) => [id, Number(id)])));
  });
  return { queries, lookup };
}

it("what is asked for in one moment is one query, and everybody gets their own answer", async () => {
  const { queries, lookup } = numbers();
  expect(await Promise.all(["1", "2", "nothing", "1"].map(lookup))).toEqual([1, 2, null, 1]);
  expect(queries).toEqual([["1", "2", "nothing"]]);
});

it("what one writes into their answer, nobody finds in theirs who asked for the same in that moment", async () => {
  const lookup = createLookup((ids) => Promise.resolve(new Map(ids.map((id) => [id, { seq: 0, drivers: ["a"] }]))));
  const [mine, yours, theirs] = await Promise.all([lookup("1"), lookup("1"), lookup("1")]);
  if (mine) mine.seq = 1;
  mine?.drivers.push("b");
  expect([yours, theirs]).toEqual([
    { seq: 0, drivers: ["a"] },
    { seq: 0, drivers: ["a"] },
  ]);
});

it("what is asked for later is looked up again", async () => {
  const { queries, lookup } = numbers();
  expect(await lookup("1")).toBe(1);
  expect(await lookup("1")).toBe(1);
  expect(queries).toHaveLength(2);
});

it("very many are several queries, and each is answered", async () => {
  const { queries, lookup } = numbers();
  const ids = Array.from({ length: 450 }, (_, index) => String(index));
  expect(await Promise.all(ids.map(lookup))).toEqual(ids.map(Number));
  expect(queries.map(({ length }) => length)).toEqual([200, 200, 50]);
});

it("what cannot be asked for fails for whoever asked it, and for nobody beside or after them", async () => {
  const { lookup } = numbers();
  const answers = await Promise.allSettled(["1", "broken"].map(lookup));
  expect(answers).toEqual([
    { status: "fulfilled", value: 1 },
    { status: "rejected", reason: new Error("no database") },
  ]);
  expect(await lookup("2")).toBe(2);
});
