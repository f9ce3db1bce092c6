import type { Json } from "./json";

/** A value as indented JSON in pieces, the same letters as `JSON.stringify(value, null, 2)`, without ever holding it whole. */
export function* jsonPieces(value: Json, indent = ""): Generator<string, void> {
  if (typeof value !== "object" || value === null) {
    yield JSON.stringify(value);
    return;
  }
  const isList = Array.isArray(value);
  const inner = `${indent}  `;
  let isFirst = true;
  const keys = isList ? value.keys() : Object.keys(value);
  for (const key of keys) {
    yield isFirst ? `${isList ? "[" : "{"}\n${inner}` : `,\n${inner}`;
    isFirst = false;
    if (isList) yield* jsonPieces(value[key as number] ?? null, inner);
    else {
      yield `${JSON.stringify(key)}: `;
      yield* jsonPieces((value as Record<string, Json>)[key as string] ?? null, inner);
    }
  }
  if (isFirst) yield isList ? "[]" : "{}";
  else yield `\n${indent}${isList ? "]" : "}"}`;
}
