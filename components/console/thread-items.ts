import type { ConsoleConversation, ThreadEntry } from "@/core/contracts/console";

/** What stands in the thread, at its time. */
export type ThreadItem = { id: string; at: string } & (
  | { kind: "entry"; entry: ThreadEntry }
  | { kind: "form"; form: ConsoleConversation["forms"][number] }
  | { kind: "past_form"; form: ConsoleConversation["pastForms"][number] }
);

/**
 * What was said and asked, oldest first. Forms that were asked for before the oldest entry wait until the page before is loaded; `isWhole`:
 * there is none.
 */
export function threadItems(
  entries: readonly ThreadEntry[],
  { forms, pastForms }: Pick<ConsoleConversation, "forms" | "pastForms">,
  isWhole: boolean,
): ThreadItem[] {
  const from = isWhole ? -Infinity : Date.parse(entries[0]?.at ?? "");
  const asked: ThreadItem[] = [
    ...forms.map((form) => ({ id: form.waitpointId, kind: "form" as const, at: form.askedAt, form })),
    ...pastForms.map((form) => ({ id: form.waitpointId, kind: "past_form" as const, at: form.askedAt, form })),
  ].filter(({ at }) => Date.parse(at) >= from);
  const said: ThreadItem[] = entries.map((entry) => ({ id: entry.id, kind: "entry", at: entry.at, entry }));
  return [...said, ...asked].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
