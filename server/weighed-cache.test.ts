import { expect, it } from "vitest";
import { createWeighedCache } from "./weighed-cache";

const loads: string[] = [];
const cache = createWeighedCache<string>(100_000, (text) => text.length);
const ask = async (name: string, length: number): Promise<string> =>
  cache.get(name, async () => {
    loads.push(name);
    return name.repeat(length);
  });
/** What had to be loaded for these. */
async function loadedFor(...names: string[]): Promise<string[]> {
  loads.length = 0;
  for (const name of names) await ask(name, 10_000);
  return [...loads];
}

it("keeps what is light enough together, and lets go of what was asked for longest ago", async () => {
  expect(await loadedFor("a", "b", "c")).toEqual(["a", "b", "c"]);
  expect(await loadedFor("a", "b", "c")).toEqual([]);
  // Each weighs 11 kB: nine fit into 100.
  expect(await loadedFor("d", "e", "f", "g", "h", "i")).toHaveLength(6);
  expect(await loadedFor("j")).toEqual(["j"]);
  expect(await loadedFor("b", "a")).toEqual(["a"]);
});

it("hands out what is heavier than everything that may be kept, and keeps the rest", async () => {
  await loadedFor("x", "y");
  expect(await ask("large", 200_000)).toHaveLength(1_000_000);
  expect(await loadedFor("x", "y")).toEqual([]);
  loads.length = 0;
  await ask("large", 200_000);
  expect(loads).toEqual(["large"]);
});

it("loads once for all who ask at the same time, and again after a failure", async () => {
  loads.length = 0;
  await Promise.all([ask("same", 1), ask("same", 1), ask("same", 1)]);
  expect(loads).toEqual(["same"]);
  await expect(cache.get("broken", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
  expect(await cache.get("broken", async () => "well")).toBe("well");
});
