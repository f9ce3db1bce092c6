import type { MyRequest, RequestWord } from "@/core/contracts/request";
import { asObject, type Json } from "@/core/json";
import { isWithdrawn, noMask, withdrawalReason, type Mask } from "@/server/modules/runs/service";
import { endingOf } from "./outcome";
import { askedOfTeam, requestProgress, type Around } from "./progress";
import type { listDecided, RequestFacts } from "./repository";

export type DecidedRow = Awaited<ReturnType<typeof listDecided>>[number];

interface Known extends Around {
  decided: readonly DecidedRow[];
  mask: Mask | undefined;
  /** Who has what is asked, in words. */
  holder: (assignees: readonly string[]) => string;
  reader: string;
}

const waitsFor: Readonly<Record<string, string>> = {
  timer: "Waits for its time",
  callback: "Waits for another system",
  event: "Waits for another system",
};

/** A request for the member who made it: one sentence about what happens now, or how it ended and why. */
export function myRequest(facts: RequestFacts, known: Known): MyRequest {
  const { run, waitpoints } = facts;
  const { steps: _steps, ...progress } = requestProgress(facts, known);
  const mask = known.mask ?? noMask;
  const isAsked = run.endedAt === null && waitpoints.some(({ questionFor }) => questionFor === known.reader);
  const own = { ...progress, subject: mask(run.subject), why: whyOf(facts, known.decided, mask) };
  return isAsked
    ? { ...own, state: "waiting_for_you", label: "Waits for your answer: see your inbox", mayNudge: false, usual: null }
    : { ...own, label: labelOf(facts, progress, known) };
}

/** What was said to whoever asked, oldest first. `named`: by whom. */
export function wordsOf(decided: readonly DecidedRow[], mask: Mask, named: boolean): RequestWord[] {
  return decided.flatMap((row) => {
    const text = messageOf(row);
    const { resolvedByName, resolvedAt } = row;
    return text === null || resolvedAt === null
      ? []
      : [{ text: mask(text), by: named ? resolvedByName : null, at: resolvedAt.toISOString() }];
  });
}

function labelOf(
  facts: RequestFacts,
  { state, label }: Pick<MyRequest, "state" | "label">,
  { decided, holder }: Known,
): string {
  const { run, waitpoints } = facts;
  if (state === "waiting_for_people" || state === "with_colleague")
    return `Waits for ${holder(askedOfTeam(facts)?.assignees ?? [])}`;
  if (state === "working") {
    if (run.status === "paused") return "Stopped for the moment";
    return waitpoints.flatMap(({ kind }) => waitsFor[kind] ?? [])[0] ?? "Is being worked on";
  }
  const by = state === "declined" ? lastNo(facts, decided)?.resolvedByName : null;
  return by ? `Declined by ${by}` : label;
}

function whyOf(facts: RequestFacts, decided: readonly DecidedRow[], mask: Mask): string | null {
  const { run } = facts;
  if (run.status === "cancelled")
    return mask(isWithdrawn(run.cancelReason) ? withdrawalReason(run.cancelReason) : run.cancelReason);
  const no = lastNo(facts, decided);
  const row = no ?? decided.findLast((each) => messageOf(each) !== null);
  return row === undefined ? null : mask(messageOf(row));
}

/** Of a request that was declined: who said no. */
function lastNo({ run, steps }: RequestFacts, decided: readonly DecidedRow[]): DecidedRow | undefined {
  const ending = run.endedAt === null ? null : endingOf(run, steps);
  if (ending?.outcome !== "declined") return undefined;
  return decided.findLast(({ nodeId, outcome }) => outcome === "rejected" && (ending.nodeId ?? nodeId) === nodeId);
}

function messageOf({ resolution }: DecidedRow): string | null {
  const text = asObject(resolution as Json)["messageToRequester"];
  return typeof text === "string" && text.trim() !== "" ? text : null;
}
