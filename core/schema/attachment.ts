import type { Json, JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { defaultFileBytes, fileTypes, isTakable, maxFileBytes } from "@/core/file-types";

/** What a question for a file or a signature takes. */
export interface AttachmentQuestion {
  kind: "file" | "signature";
  /** `application/pdf`, `image/*` */
  accept: readonly string[];
  maxBytes: number;
}

/** A signature is kept as the picture that was drawn. */
const signature: AttachmentQuestion = { kind: "signature", accept: ["image/png"], maxBytes: 500_000 };

/** What a schema asks for, where it is one file or a signature; null for every other question. As people write it, too: `format: file`. */
export function attachmentQuestion(schema: JsonObject): AttachmentQuestion | null {
  const kind = kindOf(schema);
  if (kind === null || kind === "unreadable") return null;
  if (kind === "signature") return signature;
  const { "x-accept": accept, "x-max-bytes": maxBytes } = schema;
  const accepted = Array.isArray(accept) ? accept.filter((each) => typeof each === "string") : [];
  return {
    kind,
    accept: accepted.length === 0 ? fileTypes.map(({ type }) => type) : accepted,
    maxBytes: typeof maxBytes === "number" ? Math.min(maxBytes, maxFileBytes) : defaultFileBytes,
  };
}

/** A question for several files. */
export function asksForFiles({ type, items }: JsonObject): AttachmentQuestion | null {
  const question = type === "array" && isJsonObject(items) ? attachmentQuestion(items) : null;
  return question?.kind === "file" ? question : null;
}

/** A question for bytes within the answer, which forms do not take. */
export function isUnreadable(schema: JsonObject): boolean {
  return kindOf(schema) === "unreadable";
}

/** What is wrong with how a file is asked for; null where nothing is, and for other questions. */
export function attachmentProblem(schema: JsonObject): { at: string; message: string } | null {
  const kind = kindOf(schema);
  if (kind === null || kind === "signature") return null;
  if (kind === "unreadable")
    return {
      at: "",
      message: 'Forms take files as files, not as text. Write {"type": "object", "x-kind": "file"} for this question.',
    };
  return limitsProblem(schema);
}

function limitsProblem({ "x-accept": accept, "x-max-bytes": maxBytes }: JsonObject) {
  const wrong = accept === undefined ? undefined : notTakable(accept);
  if (wrong !== undefined)
    return {
      at: "x-accept",
      message: `Forms cannot take ${wrong}. Name types from this list: ${fileTypes.map(({ type }) => type).join(", ")}; or image/*.`,
    };
  const isSize =
    typeof maxBytes === "number" && Number.isInteger(maxBytes) && maxBytes >= 1 && maxBytes <= maxFileBytes;
  return maxBytes === undefined || isSize
    ? null
    : {
        at: "x-max-bytes",
        message: `Say how many bytes a file may have: a whole number up to ${String(maxFileBytes)}.`,
      };
}

/** The first that no form can take; undefined where all can be. */
function notTakable(accept: Json): string | undefined {
  if (!Array.isArray(accept)) return "this: it is no list of types";
  if (accept.length === 0) return "nothing";
  const wrong = accept.find((each) => typeof each !== "string" || !isTakable(each));
  return wrong === undefined ? undefined : typeof wrong === "string" ? wrong : JSON.stringify(wrong);
}

function kindOf({ "x-kind": kind, format, contentEncoding, contentMediaType }: JsonObject) {
  for (const named of [kind, format]) if (named === "file" || named === "signature") return named;
  const isInline = format === "binary" || format === "data-url" || kind === "binary";
  return isInline || contentEncoding !== undefined || contentMediaType !== undefined ? "unreadable" : null;
}
