import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { readJson } from "./json-places";

const refusal = (text: string) => {
  const read = readJson(text);
  if (read.ok) throw new Error("it was read");
  return `${String(read.line)}:${String(read.column)} ${read.message}`;
};

describe("reading JSON with its places", () => {
  it("gives what JSON.parse gives, for any JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const read = readJson(text);
        expect(read.ok && read.value).toEqual(JSON.parse(text));
      }),
    );
  });

  it("refuses what JSON.parse refuses, and never throws", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), fc.string({ maxLength: 3 }), (value, position, noise) => {
        const whole = JSON.stringify(value, null, 1);
        const at = position % (whole.length + 1);
        const text = whole.slice(0, at) + noise + whole.slice(at + noise.length);
        let wanted = true;
        try {
          JSON.parse(text);
        } catch {
          wanted = false;
        }
        // A byte order mark at the start of a file is forgiven.
        fc.pre(!text.includes("\uFEFF"));
        const read = readJson(text);
        // A number that would lose digits is refused beyond what JSON.parse does; see below.
        if (!read.ok && /number/.test(read.message)) return;
        expect(read.ok).toBe(wanted);
      }),
    );
  });

  it("says in words what is wrong, with line and column", () => {
    expect(refusal('{\n  "a": 1\n  "b": 2\n}')).toBe("3:3 A comma is missing before this.");
    expect(refusal('{ "a": 1, }')).toMatch(/^1:11 There is a comma before }/);
    expect(refusal("[1, 2,]")).toMatch(/^1:7 There is a comma before ]/);
    expect(refusal("{ 'a': 1 }")).toMatch(/^1:3 A name in double quotes/);
    expect(refusal("{ \"a\": 'x' }")).toMatch(/^1:8 Text stands in double quotes/);
    expect(refusal('{ "a": 1 // why\n}')).toMatch(/^1:10 /);
    expect(refusal('{\n "a": [1, 2\n')).toBe(
      "3:1 The document ends, but what was opened in line 2 is not closed. Add ].",
    );
    expect(refusal('{ "a": "open\n}')).toMatch(/^1:8 The quotation mark/);
    expect(refusal("{} {}")).toMatch(/^1:4 The document is complete/);
    expect(refusal("")).toMatch(/^1:1 The document ends/);
    expect(refusal('{"a" 1}')).toBe('1:6 After the name "a" a colon is missing.');
    expect(refusal("[".repeat(5000))).toMatch(/nested more than 100 levels/);
  });

  it("K3 refuses numbers whose digits would be lost, at their place", () => {
    expect(refusal('{\n  "id": 8202522731445525542\n}')).toMatch(/^2:9 This number has more digits/);
    expect(refusal('{"a": [1, -1e400]}')).toMatch(/^1:11 This is larger than any number/);
    expect(readJson("[9007199254740992, 100000000000000000000, 0.1, 1e300]")).toMatchObject({
      ok: true,
      value: [9007199254740992, 1e20, 0.1, 1e300],
    });
  });

  it("finds the place of a path, or of what is around it", () => {
    const read = readJson('{\n  "spec": {\n    "nodes": [\n      { "id": "a", "type": "x" }\n    ]\n  }\n}');
    if (!read.ok) throw new Error(read.message);
    expect(read.placeOf("spec.nodes[0].type")).toMatchObject({ line: 4, column: 28 });
    expect(read.placeOf("spec.nodes[0].config.x")).toMatchObject({ line: 4, column: 7 });
    expect(read.placeOf("spec.nodes[7]")).toMatchObject({ line: 3, column: 14 });
    expect(read.placeOf("nothing")).toMatchObject({ line: 1, column: 1 });
  });

  it("H5 ends for every path, and finds what is there whatever its name", () => {
    const name = fc.string({ unit: fc.constantFrom("a", ".", "[", "]", "$", "{", "0") });
    fc.assert(
      fc.property(fc.dictionary(name, fc.dictionary(name, fc.integer())), name, (value, path) => {
        const read = readJson(JSON.stringify(value));
        if (!read.ok) throw new Error(read.message);
        expect(read.placeOf(path).line).toBe(1);
        for (const key of Object.keys(value)) expect(read.placeOf(`${key}.${path}`).offset).toBeGreaterThanOrEqual(0);
      }),
    );
    const read = readJson('{"triggerSpec":{"input":{"a]":"${1+"}}}');
    expect(read.ok && read.placeOf("triggers[0].input.a]")).toMatchObject({ offset: 0 });
  });
});
