import type { PastCustomerForm } from "@/core/contracts/conversation";

type Ended = Pick<PastCustomerForm, "outcome" | "by">;

/** What became of a form, after its title. `sentHere`: from this very page. */
export function pastFormWords({ outcome, by }: Ended, sentHere: boolean): string {
  if (outcome === "timed_out") return "Not answered in time.";
  if (outcome === "withdrawn") return "No longer needed.";
  if (sentHere) return "Thank you. We have your answers.";
  return by === "team" ? "A colleague filled this in." : "We have your answers.";
}

/** Why what somebody was typing can no longer be sent. */
export function lostRaceWords({ outcome, by }: Ended): string {
  const stays = "What you had typed was not sent. You can still read it here.";
  if (outcome === "timed_out") return `The time to answer this ran out while you were typing. ${stays}`;
  if (outcome === "withdrawn")
    return `This was closed while you were typing, because nobody needs the answers any more. ${stays}`;
  return by === "team"
    ? `One of our team filled this in while you were typing. ${stays}`
    : `This was sent from another page while you were typing. ${stays}`;
}
