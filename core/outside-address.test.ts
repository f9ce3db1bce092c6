import { describe, expect, it } from "vitest";
import { mostOutside, outsideAddress, outsideRef, outsideRefs } from "./outside-address";

describe("an address as whom somebody outside is asked", () => {
  it.each([
    ["Ann@Law.test", "email:ann@law.test"],
    [" ann+x@law.test ", "email:ann+x@law.test"],
    ["ann", null],
    ["email:ann@law.test", null],
    ["ann@law.test,bo@law.test", null],
    ["ann@law.test bo@law.test", null],
    ["Ann <ann@law.test>", null],
    ["ann@localhost", null],
    [`${"a".repeat(250)}@law.test`, null],
  ])("%s", (text, ref) => expect(outsideRef(text)).toBe(ref));

  it("comes back out of the reference", () => {
    expect([outsideAddress("email:ann@law.test"), outsideAddress("user:1")]).toEqual(["ann@law.test", null]);
  });

  it("counts once however it is written, and no more than so many are asked", () => {
    const many = Array.from({ length: mostOutside }, (_, at) => `p${String(at)}@law.test`);
    const found = outsideRefs(["P0@law.test", ...many, "late@law.test", "nobody"]);
    expect(new Set(found.values()).size).toBe(mostOutside);
    expect([found.get("P0@law.test"), found.get("late@law.test"), found.get("nobody")]).toEqual([
      "email:p0@law.test",
      undefined,
      undefined,
    ]);
  });
});
