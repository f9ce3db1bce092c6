import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import { defaultFileBytes, maxFileBytes, sizeWords } from "@/core/file-types";
import { asksForFiles, attachmentProblem, attachmentQuestion } from "./attachment";
import { attachmentAnswers, attachmentAsked } from "./attachment-answers";
import { canonicalAttachments } from "./canonical-attachments";
import { answerProblems } from "./form-answers";

const id = "01919191-9191-7191-8191-919191919191";
const other = "01919191-9191-7191-8191-919191919192";
const schema: JsonObject = {
  type: "object",
  required: ["contract"],
  properties: {
    contract: { type: "object", "x-kind": "file", "x-accept": ["application/pdf"], "x-max-bytes": 1000 },
    mark: { $ref: "#/$defs/mark" },
    lines: {
      type: "array",
      items: { type: "object", properties: { photos: { type: "array", items: { "x-kind": "file", type: "object" } } } },
    },
  },
  $defs: { mark: { type: "object", "x-kind": "signature" } },
};

describe("what a question for a file takes", () => {
  it("is said by the question, and otherwise every type that forms take, up to 10 MB", () => {
    expect(attachmentQuestion({ type: "object", "x-kind": "file", "x-accept": ["image/*"], "x-max-bytes": 5 })).toEqual(
      {
        kind: "file",
        accept: ["image/*"],
        maxBytes: 5,
      },
    );
    expect(attachmentQuestion({ type: "string", format: "file" })).toMatchObject({
      kind: "file",
      maxBytes: defaultFileBytes,
      accept: expect.arrayContaining(["application/pdf", "image/heic", "text/csv"]),
    });
    expect(attachmentQuestion({ "x-kind": "file", "x-max-bytes": 1e12 })?.maxBytes).toBe(maxFileBytes);
    expect(attachmentQuestion({ type: "string" })).toBeNull();
    expect(asksForFiles({ type: "array", items: { format: "file" } })).toMatchObject({ kind: "file" });
    expect(asksForFiles({ type: "array", items: { "x-kind": "signature" } })).toBeNull();
  });

  it("is refused where it names types that no form takes, sizes that none takes, or bytes within the answer", () => {
    const problem = (more: JsonObject) => attachmentProblem({ type: "object", "x-kind": "file", ...more })?.at;
    for (const type of ["image/svg+xml", "text/html", "application/zip", "application/*/", "*/*", "video/*"])
      expect([type, problem({ "x-accept": [type] })]).toEqual([type, "x-accept"]);
    for (const accept of [[], "application/pdf", [7]]) expect(problem({ "x-accept": accept })).toBe("x-accept");
    for (const size of [0, -1, 1.5, 25_000_001, "10"]) expect(problem({ "x-max-bytes": size })).toBe("x-max-bytes");
    expect(problem({ "x-accept": ["image/*", "application/pdf"], "x-max-bytes": 25_000_000 })).toBeUndefined();
    const inlines: JsonObject[] = [
      { contentEncoding: "base64" },
      { contentMediaType: "image/png" },
      { format: "data-url" },
    ];
    for (const inline of inlines)
      expect(attachmentProblem({ type: "string", ...inline })?.message).toContain('"x-kind": "file"');
  });

  it("is kept in one way, however it was written, and names and values that look like it stay", () => {
    const written: JsonObject = {
      type: "object",
      properties: {
        a: { type: "string", format: "file", title: "A", maxLength: 9 },
        b: { type: "string", "x-kind": "signature" },
        format: { type: "string", default: "file", enum: ["file"] },
        many: { type: "array", items: { type: "string", format: "file" } },
      },
    };
    expect(canonicalAttachments(written)).toEqual({
      type: "object",
      properties: {
        a: { type: "object", "x-kind": "file", title: "A" },
        b: { type: "object", "x-kind": "signature" },
        format: { type: "string", default: "file", enum: ["file"] },
        many: { type: "array", items: { type: "object", "x-kind": "file" } },
      },
    });
    expect(canonicalAttachments(canonicalAttachments(written))).toEqual(canonicalAttachments(written));
  });
});

describe("files among answers", () => {
  it("are found at any depth, with the place of their question", () => {
    const values: JsonObject = {
      contract: { id },
      mark: { id, signedBy: "Kim" },
      lines: [{}, { photos: [{ id }, { id: other }] }],
    };
    expect(attachmentAnswers(schema, values).map(({ path, question, asks }) => [path, question, asks.kind])).toEqual([
      ["contract", "contract", "file"],
      ["mark", "mark", "signature"],
      ["lines[1].photos[0]", "lines.photos", "file"],
      ["lines[1].photos[1]", "lines.photos", "file"],
    ]);
    expect(attachmentAsked(schema, "contract")?.maxBytes).toBe(1000);
    expect(attachmentAsked(schema, "mark")?.kind).toBe("signature");
    expect(attachmentAsked(schema, "lines[7].photos")?.kind).toBe("file");
    for (const none of ["lines", "nothing", "contract.id", "__proto__", "lines.other"])
      expect([none, attachmentAsked(schema, none)]).toEqual([none, null]);
  });

  it("name a file by its id, and a signature a person as well", () => {
    const wrong = (values: JsonObject) => answerProblems(schema, values).map(({ path, message }) => [path, message]);
    expect(wrong({ contract: { id }, mark: { id, signedBy: "Kim" } })).toEqual([]);
    expect(wrong({ contract: {} })).toEqual([["contract", "Add a file here."]]);
    expect(wrong({ contract: "contract.pdf" })).toEqual([["contract", "Add a file here."]]);
    expect(wrong({ contract: { id: "1" } })).toEqual([["contract", "Add a file here."]]);
    expect(wrong({ contract: { id }, mark: { id } })).toEqual([["mark", "Write your name beside the signature."]]);
    expect(wrong({ contract: { id }, mark: { id, signedBy: "x".repeat(201) } })).toHaveLength(1);
  });
});

it("sizes are read in thousands", () => {
  expect([999, 1_000, 999_499, 2_440_000, 25_000_000].map(sizeWords)).toEqual([
    "999 bytes",
    "1 kB",
    "999 kB",
    "2.4 MB",
    "25 MB",
  ]);
});
