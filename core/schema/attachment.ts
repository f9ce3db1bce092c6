import type { JsonObject } from "@/core/json";

/** A question for a file or a signature. */
export function isAttachment({ "x-kind": kind, format, contentEncoding, contentMediaType }: JsonObject): boolean {
  const named = [kind, format].some((each) => typeof each === "string" && attachments.has(each));
  return named || contentEncoding !== undefined || contentMediaType !== undefined;
}

const attachments: ReadonlySet<string> = new Set(["file", "signature", "binary", "data-url"]);
