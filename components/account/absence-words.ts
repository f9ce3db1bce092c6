import type { AbsenceItem } from "@/core/contracts/absence";
import { awayWords } from "@/components/people/away-words";
import { clockWords } from "@/components/ui/time-words";

/** "Away until 4 Dec, 09:00", or of one to come "Away from 24 Dec, 09:00 until 2 Jan, 09:00". */
export function absenceTime(
  { from, until, is_away }: AbsenceItem,
  now: number = Date.now(),
  timeZone?: string,
): string {
  const words = awayWords(until, now, timeZone).replace(/^away/, "");
  return is_away ? `Away${words}` : `Away from ${clockWords(Date.parse(from), now, timeZone)}${words}`;
}

/** Who answers meanwhile, for what, and up to which amount; a sentence. */
export function deputyWords({ deputy, workflows, limit }: AbsenceItem): string {
  if (deputy === null) return "Nobody answers in their name.";
  const scope = workflows.length === 0 ? "" : ` what ${workflows.map(({ name }) => `“${name}”`).join(", ")} asks`;
  const most = limit === null ? "" : `, approvals up to ${limit.currency} ${limit.amount.toLocaleString("en-US")}`;
  return `${deputy.name} answers${scope} in their name${most}.`;
}
