import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import { answerRows, typedRows } from "./answer-rows";
import { fileWords, readFileEntries, writeFileEntries } from "./file-entry";
import { collectValues, initialDraft, openForm } from "./form-draft";
import { fittingEntries, keptDraft } from "./kept-draft";

const file = { name: "contract.pdf", type: "application/pdf", size: 2_400_000, sha256: "a".repeat(64) };
const one = { ...file, id: "01919191-9191-7191-8191-919191919191" };
const two = { ...file, id: "01919191-9191-7191-8191-919191919192", name: "second.pdf" };
const properties: JsonObject = {
  contract: { type: "object", "x-kind": "file" },
  photos: { type: "array", items: { type: "object", "x-kind": "file" } },
  mark: { type: "object", "x-kind": "signature" },
};
const form = openForm({ type: "object", required: ["contract", "mark"], properties }, {}, "en");
const draft = {
  contract: writeFileEntries([one]),
  photos: writeFileEntries([one, two]),
  mark: writeFileEntries([{ ...one, signedBy: "Kim" }]),
};

describe("files in a form that is filled in", () => {
  it("are sent as their ids, a signature with its name", () => {
    expect(collectValues(form, draft)).toEqual({
      values: {
        contract: { id: one.id },
        photos: [{ id: one.id }, { id: two.id }],
        mark: { id: one.id, signedBy: "Kim" },
      },
      problems: {},
    });
    expect(collectValues(form, initialDraft(form))).toEqual({
      values: {},
      problems: { contract: "Add a file.", mark: "Sign here." },
    });
  });

  it("survive a reload, and what is kept of none is none", () => {
    expect(fittingEntries(form.fields, keptDraft(form, draft))).toEqual(draft);
    for (const odd of ["", "nonsense", "{}", '[{"id":"1"}]', 7]) expect(readFileEntries(odd)).toEqual([]);
  });

  it("of another answer are asked for anew", () => {
    const given = openForm({ type: "object", properties }, { contract: one, photos: [one, two], mark: "Kim" }, "en");
    expect(initialDraft(given)).toEqual({ contract: "", photos: "", mark: "" });
  });

  it("are read again by name, type and size, a signature by who signed", () => {
    const sent = { contract: one, photos: [one, two], mark: { ...one, signedBy: "Kim" } };
    expect(answerRows(form.schema, sent, { locale: "en" }).map(({ value, files }) => [value, files?.length])).toEqual([
      ["contract.pdf (PDF, 2.4 MB)", 1],
      ["contract.pdf (PDF, 2.4 MB)\nsecond.pdf (PDF, 2.4 MB)", 2],
      ["Signed by Kim", 1],
    ]);
    expect(answerRows(form.schema, sent, { locale: "en", hidden: ["contract"] })[0]).toEqual({
      label: "Contract",
      value: "Not shown",
    });
    expect(typedRows(form.schema, keptDraft(form, draft)).map(({ value }) => value)[0]).toBe(
      "contract.pdf (PDF, 2.4 MB)",
    );
    expect(fileWords({ id: one.id })).toBe("A file");
  });
});
