import type { Json } from "./json";
import { cutText } from "./storable-text";

/** What a service said beside the body of its answer. Names of headers are in small letters. */
export interface AnswerHead {
  status: number;
  headers: Record<string, string>;
}

/** A whole answer, without secrets; the body may be cut (`shortened`). */
export interface ServiceAnswer extends AnswerHead {
  body: Json;
}

/** Characters of JSON: what is kept of a body that nobody goes on working with. */
const longestKept = 16_384;

/** The value, or the beginning of its JSON as `{truncated: true, start}` when it is too long to be kept beside the result. */
export function shortened(value: Json): Json {
  if (typeof value === "string") return value.length <= longestKept ? value : `${cutText(value, longestKept)}…`;
  const text = JSON.stringify(value);
  return text.length <= longestKept ? value : { truncated: true, start: cutText(text, longestKept) };
}
