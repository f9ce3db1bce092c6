import type { CannedAnswer } from "@/core/contracts/console";

/** A canned answer for this customer. */
export function fillCanned(body: string, customer: string): string {
  return body.replaceAll("{name}", () => customer);
}

/** What a slash at the beginning looks for; null while an answer is written. */
export function cannedSearch(text: string): string | null {
  return text.startsWith("/") && !text.includes("\n") ? text.slice(1).trim().toLowerCase() : null;
}

/** Those whose name contains it, those that begin with it first. */
export function matchingCanned(answers: readonly CannedAnswer[], search: string): CannedAnswer[] {
  const found = answers.filter(({ name }) => name.toLowerCase().includes(search));
  const begins = ({ name }: CannedAnswer): number => (name.toLowerCase().startsWith(search) ? 0 : 1);
  return found.sort((a, b) => begins(a) - begins(b));
}
