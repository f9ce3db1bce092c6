import fc from "fast-check";
import { expect, it } from "vitest";
import { coverTexts, shortestFollowed } from "./cover-texts";

const letters = fc.string({ unit: fc.constantFrom("a", "b", "c", "é", "😀", "$", "."), maxLength: 40 });
const secret = letters.filter((text) => text.length >= shortestFollowed);

it("covers what an expression of all texts covers, the longest first", () => {
  fc.assert(
    fc.property(
      fc.array(secret, { maxLength: 20 }),
      fc.array(fc.oneof(letters, secret), { maxLength: 10 }),
      (secrets, parts) => {
        const covers = new Map(secrets.map((text, index) => [text, `<${String(index)}>`]));
        const longest = [...covers.keys()].sort((left, right) => right.length - left.length);
        const all = new RegExp(longest.map((text) => text.replaceAll(/[.$]/g, "\\$&")).join("|"), "g");
        const text = [...parts, ...secrets.slice(0, 3)].join("");
        const expected = longest.length === 0 ? text : text.replace(all, (found) => covers.get(found) ?? "");
        expect(coverTexts(covers)(text)).toBe(expected);
      },
    ),
  );
});
