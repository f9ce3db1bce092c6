import type { SimulatedPerson, SimulateRule, Simulation } from "@/core/contracts/approver-rule";
import { decide } from "@/core/approver-rules/decide";
import { refuses, type RuleDocument, type RuleOutcome } from "@/core/approver-rules/document";
import { outcomeWords, refusalSentence, ruleSentence } from "@/core/approver-rules/words";
import type { AbsenceItem } from "@/core/contracts/absence";
import { peopleBehind, peopleOf, resolveRef, splitRef, type DirectoryFacts } from "@/core/directory";
import { AppError } from "@/core/errors";
import { isUuid } from "@/core/ids";
import { requireScope, type Actor } from "@/server/db/tenant";
import { listAbsences } from "@/server/modules/absences/service";
import { directoryFacts } from "@/server/modules/directory/service";
import { existingRule, existingVersion } from "./existing-rule";
import { refNames } from "./references";
import type { RuleRow } from "./repository";

/** Who would decide a request: the row that fits, and who is behind it as people are at this moment. Changes nothing. */
export async function simulate(actor: Actor, { key, values, requester, version }: SimulateRule): Promise<Simulation> {
  requireScope(actor, "workflows:read");
  const { organizationId } = actor;
  const rule = await existingRule(actor, key);
  const { document, number } = await documentOf(actor, rule, version);
  const [known, names, absences] = await Promise.all([
    directoryFacts(organizationId),
    refNames(organizationId, [document]),
    listAbsences(actor),
  ]);
  const asks = requester ? personOf(known, requester) : null;
  const { row, outcome, because } = decide(document, values);
  const reason = { name: rule.name, version: number ?? 0, row, because };
  const common = { version: number, row, because, note: outcome.note || null };
  if (refuses(outcome))
    return {
      ...common,
      sentence: draftWords(refusalSentence(reason, outcome.note), number),
      refused: true,
      quorum: "any",
      decisions_needed: 0,
      conditions: null,
      asked: [],
    };
  const askedPeople = outcome.assignTo.map((ref) => ({
    ref,
    name: names[ref] ?? ref,
    people: behind(known, ref, { asks, outcome, absences }),
  }));
  const able = new Set(
    askedPeople.flatMap(({ people }) => people.filter((person) => person.may_decide).map(({ id }) => id)),
  );
  return {
    ...common,
    sentence: draftWords(ruleSentence(reason), number),
    refused: false,
    quorum: outcome.quorum?.mode ?? "any",
    decisions_needed: neededOf(outcome, able.size),
    conditions: outcomeWords(outcome, (ref) => names[ref] ?? ref),
    asked: askedPeople,
  };
}

async function documentOf(
  actor: Actor,
  rule: RuleRow,
  version: SimulateRule["version"],
): Promise<{ document: RuleDocument; number: number | null }> {
  if (version === "draft") return { document: rule.draft, number: null };
  const number = version === "live" ? rule.liveVersion : version;
  if (number === null)
    throw new AppError("conflict", `“${rule.name}” was never published. Ask its draft, or publish it.`);
  const { document } = await existingVersion(actor, rule, number);
  return { document, number };
}

function personOf(known: DirectoryFacts, text: string): string {
  const ref = text.startsWith("usr_") || isUuid(text) ? `user:${text}` : text;
  const [kind, id] = splitRef(resolveRef(known, ref) ?? "");
  if (kind === "user") return id;
  const message = "This is no active member of your organization. Choose a colleague, or nobody.";
  throw new AppError("validation_failed", message, [{ code: "invalid_value", path: "requester", message }]);
}

function behind(
  known: DirectoryFacts,
  ref: string,
  { asks, outcome, absences }: { asks: string | null; outcome: RuleOutcome; absences: readonly AbsenceItem[] },
): SimulatedPerson[] {
  const people = peopleOf(known);
  const stored = resolveRef(known, ref);
  return (stored === null ? [] : peopleBehind(known, stored)).map(({ userId, name }) => {
    const isRequester = outcome.requesterCannotApprove === true && userId === asks;
    const mayAnswer = people.may(userId, "approvals:decide");
    const absence = absences.find(({ user, is_away }) => is_away && user.id === userId);
    return {
      id: userId,
      name,
      may_decide: mayAnswer && !isRequester,
      why_not: isRequester ? "requester" : mayAnswer ? null : "no_right",
      away: absence === undefined ? null : { until: absence.until, deputy: absence.deputy?.name ?? null },
    };
  });
}

/** As prisma/functions/19-deciding.sql counts it when the first of them decides. */
function neededOf({ quorum, assignTo }: RuleOutcome, able: number): number {
  switch (quorum?.mode) {
    case "all":
      return able;
    case "percent":
      return Math.ceil(((quorum.n ?? 100) * able) / 100);
    case "count":
      return Math.ceil(quorum.n ?? 1);
    case "sequence":
      return assignTo.length;
    default:
      return 1;
  }
}

/** A draft has no number to be called by. */
function draftWords(sentence: string, number: number | null): string {
  return number === null ? sentence.replace(", version 0", ", draft") : sentence;
}
