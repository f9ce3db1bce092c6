import { peopleBehind, type DirectoryFacts } from "@/core/directory";

/** More people of one reference are counted. */
const named = 3;

/** Who has it, for a colleague: "Finance: Max or Dana". `reader`: the user who reads it, who need not be told of themselves. */
export function holderWords(
  assignees: readonly string[],
  { directory, names, reader }: { directory: DirectoryFacts; names: ReadonlyMap<string, string>; reader: string },
): string {
  if (assignees.length === 0) return "a colleague";
  const groups = assignees.map((ref) => {
    const people = peopleBehind(directory, ref);
    const others = people.filter(({ userId }) => userId !== reader).map(({ name }) => name);
    if (ref.startsWith("user:")) return others[0] ?? (people.length > 0 ? "you" : (names.get(ref) ?? ref));
    const group = names.get(ref) ?? ref;
    return people.length === 0 ? group : `${group}: ${others.length === 0 ? "you" : either(others)}`;
  });
  return [...new Set(groups)].join("; ");
}

function either(names: readonly string[]): string {
  const rest = names.length - named;
  const shown = rest > 1 ? [...names.slice(0, named), `${String(rest)} others`] : [...names];
  const last = shown.pop() ?? "";
  return shown.length === 0 ? last : `${shown.join(", ")} or ${last}`;
}
