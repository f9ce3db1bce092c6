import type { Json } from "@/core/json";
import type { DirectoryPort } from "@/core/ports";
import { asTexts } from "./outcome";

export interface Assignees {
  refs: string[];
  /** One sentence per reference that nobody answers to. */
  warnings: string[];
}

/** Whom a wait is for; `given` undefined = the step names nobody. What is unknown stays in the list, so that it shows and can be reassigned, and is warned about. */
export async function resolveAssignees(
  directory: DirectoryPort,
  given: Json | undefined,
  fallback: string | null,
): Promise<Assignees> {
  const named = asTexts(given);
  const isEmpty = given !== undefined && named.length === 0;
  const asked = named.length > 0 ? named : fallback === null ? [] : [fallback];
  if (asked.length === 0) return { refs: [], warnings: [] };
  const { refs, unknown } = await directory.resolveAssignees(asked);
  return {
    refs: [...new Set([...refs, ...unknown])],
    warnings: [
      ...(isEmpty && fallback !== null ? [`The assignee was empty, so ${fallback} was asked.`] : []),
      ...unknown.map((ref) => `Nobody is known as "${ref}". Correct assignTo, or add that role, team or person.`),
    ],
  };
}
