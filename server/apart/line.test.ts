import { expect, it } from "vitest";
import { createLine } from "@/server/line";

it("R11 those in a line begin in rounds of the event loop of their own, and no line waits for another", async () => {
  const line = createLine();
  const seen: string[] = [];
  const begin = async (key: string, name: string): Promise<void> => {
    await line(key);
    seen.push(name);
    // Ready at once: it goes before whoever is next in the line.
    setImmediate(() => seen.push(`after ${name}`));
  };
  await Promise.all([begin("one", "a"), begin("one", "b"), begin("one", "c"), begin("two", "d")]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(seen.filter((each) => !each.startsWith("after"))).toEqual(["a", "d", "b", "c"]);
  expect(seen.indexOf("after a")).toBeLessThan(seen.indexOf("c"));
  expect(seen.indexOf("after b")).toBeLessThanOrEqual(seen.indexOf("c") + 1);
});
