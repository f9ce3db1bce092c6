/** `["cases", 0, "next"]` as `cases[0].next`. */
export function fieldPathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, at) => (typeof part === "number" ? `[${String(part)}]` : `${at === 0 ? "" : "."}${String(part)}`))
    .join("");
}
