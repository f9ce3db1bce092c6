import { describe, expect, it } from "vitest";
import { typeOfField, withLabel, withType, type DesignField } from "./design-field";
import { fileGroups, groupsOf, megabytesOf, withGroup, withMegabytes } from "./design-files";

const field: DesignField = { key: "scan", schema: { type: "string" }, required: true };
const [pdf, pictures] = fileGroups;

describe("a question for files in the designer", () => {
  it("begins with every type and 10 MB, and keeps its label when it becomes one", () => {
    for (const type of ["file", "files", "signature"] as const) {
      const asked = withType(withLabel(field, "Scan"), type);
      expect([typeOfField(asked), asked.schema["title"]]).toEqual([type, "Scan"]);
    }
    expect(groupsOf(withType(field, "file"))).toEqual([...fileGroups]);
    expect(megabytesOf(withType(field, "files"))).toBe(10);
  });

  it("says what it takes where one says it oneself: at the question, or at its items", () => {
    const without = fileGroups
      .slice(1)
      .reduce((asked, group) => withGroup(asked, group, false), withType(field, "file"));
    expect(without.schema).toEqual({ type: "object", "x-kind": "file", "x-accept": ["application/pdf"] });
    expect(withGroup(without, pdf, false)).toBe(without);
    expect(withGroup(withGroup(without, pictures, true), pictures, false)).toEqual(without);
    expect(fileGroups.slice(1).reduce((asked, group) => withGroup(asked, group, true), without).schema).toEqual({
      type: "object",
      "x-kind": "file",
    });
    expect(withMegabytes(withType(field, "files"), 2.5).schema).toEqual({
      type: "array",
      items: { type: "object", "x-kind": "file", "x-max-bytes": 2_500_000 },
    });
    expect(megabytesOf(withMegabytes(withType(field, "file"), 90))).toBe(25);
  });
});
