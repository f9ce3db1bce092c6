import type { Json } from "@/core/json";
import { mostOutside, outsideRef, outsideRefs } from "@/core/outside-address";
import type { DirectoryPort } from "@/core/ports";
import { asTexts } from "./outcome";

export interface Assignees {
  refs: string[];
  /** One sentence per reference that nobody answers to. */
  warnings: string[];
}

/**
 * Whom a wait is for; `given` undefined = the step names nobody. What is unknown stays in the list, so that it shows and can be reassigned, and is
 * warned about. `outside`: what becomes of addresses of nobody here; undefined where the step cannot ask such people.
 */
export async function resolveAssignees(
  directory: DirectoryPort,
  given: Json | undefined,
  fallback: string | null,
  outside?: "asked" | "not_asked",
): Promise<Assignees> {
  const named = asTexts(given);
  const isEmpty = given !== undefined && named.length === 0;
  const asked = named.length > 0 ? named : fallback === null ? [] : [fallback];
  if (asked.length === 0) return { refs: [], warnings: [] };
  const { refs, unknown } = await directory.resolveAssignees(asked);
  const byAddress = outside === "asked" ? outsideRefs(unknown) : new Map<string, string>();
  const nobody = unknown.filter((ref) => !byAddress.has(ref));
  return {
    refs: [...new Set([...refs, ...unknown].map((ref) => byAddress.get(ref) ?? ref))],
    warnings: [
      ...(isEmpty && fallback !== null ? [`The assignee was empty, so ${fallback} was asked.`] : []),
      ...nobody.map((ref) => unknownWords(ref, outside)),
    ],
  };
}

function unknownWords(ref: string, outside: "asked" | "not_asked" | undefined): string {
  if (outside === "asked" && outsideRef(ref) !== null)
    return `"${ref}" was not asked: at most ${String(mostOutside)} people without an account are. Name fewer.`;
  const words = `Nobody is known as "${ref}". Correct assignTo, or add that role, team or person.`;
  return outside === "not_asked" && outsideRef(ref) !== null
    ? `${words} To ask somebody without an account, set outside to true.`
    : words;
}
