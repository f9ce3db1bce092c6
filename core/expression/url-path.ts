import type { Json } from "@/core/json";
import { ExpressionProblem } from "@/core/expression/problem";
import { cutText, storableText } from "@/core/storable-text";

/** A piece of a path: text as it was written, or what a template gave. */
export type PathPart = { kind: "text"; text: string } | { kind: "value"; source: string; value: Json };

/**
 * A path with its values percent-encoded. `DELETE /customers/` is not the call that `/customers/${trigger.id}` means, so a
 * missing value before the `?` is an error, and so is an empty one that leaves nothing between two slashes.
 */
export function joinPath(parts: readonly PathPart[], asText: (value: Json) => string): string {
  let filled = "";
  let inQuery = false;
  /** The template that filled the segment under way, while nothing else did. */
  let lonely: string | null = null;
  const endSegment = (): void => {
    if (lonely !== null && (filled === "" || filled.endsWith("/"))) throw missing(lonely);
    lonely = null;
  };
  for (const part of parts) {
    if (part.kind === "value") {
      if (!inQuery && part.value === null) throw missing(part.source);
      const text = asText(part.value);
      lonely ??= !inQuery && text.trim() === "" ? part.source : null;
      filled += encodeURIComponent(text.trim() === "" && !inQuery ? "" : text);
      continue;
    }
    for (const piece of part.text.split(/(?=[/?#])/)) {
      if (/^[/?#]/.test(piece)) endSegment();
      inQuery ||= /^[?#]/.test(piece);
      filled += piece;
    }
  }
  if (!inQuery) endSegment();
  return storableText(filled);
}

/** What a text of one template gave, taken as the path that it is; only what no URL may hold is encoded. */
export function wholePath(text: string, source: string): string {
  if (text.trim() === "") throw missing(source);
  return text.replace(/[^\x21-\x7e]+/g, encodeURIComponent);
}

function missing(source: string): ExpressionProblem {
  const template = cutText(source.trim(), 120);
  return new ExpressionProblem(
    "missing_path_value",
    `\`\${${template}}\` has no value, and without it the path leads somewhere else, so nothing was called. Make sure that it is there, or test it before this step.`,
  );
}
