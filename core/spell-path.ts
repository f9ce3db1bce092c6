/** The way into a value as answers and findings write it: `spec.nodes[3].expression`. `prefix`: where the value itself stands. */
export function spellPath(path: readonly PropertyKey[], prefix = ""): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, prefix);
}
