import { refuses, type RuleDocument, type RuleOutcome } from "@/core/approver-rules/document";
import { resolveRef } from "@/core/directory";
import type { OrganizationId } from "@/server/db/tenant";
import { directoryFacts, nameRefs } from "@/server/modules/directory/service";

/** The table with everybody whom it names as they are stored (`role:…`, `user:<uuid>`, `team:<uuid>`); who is unknown stays as written. */
export async function withStoredRefs(organizationId: OrganizationId, document: RuleDocument): Promise<RuleDocument> {
  const known = await directoryFacts(organizationId);
  const stored = (refs: readonly string[]): string[] => [...new Set(refs.map((ref) => resolveRef(known, ref) ?? ref))];
  const mapped = <T extends RuleOutcome>(outcome: T): T => ({
    ...outcome,
    assignTo: stored(outcome.assignTo),
    ...(outcome.escalateTo === undefined ? {} : { escalateTo: stored(outcome.escalateTo) }),
  });
  return {
    ...document,
    rows: document.rows.map(mapped),
    otherwise: refuses(document.otherwise) ? document.otherwise : mapped(document.otherwise),
  };
}

/** Everybody whom tables name. */
export function refsOf(documents: readonly RuleDocument[]): string[] {
  const outcomes = documents.flatMap(({ rows, otherwise }) => [...rows, ...(refuses(otherwise) ? [] : [otherwise])]);
  return [...new Set(outcomes.flatMap(({ assignTo, escalateTo = [] }) => [...assignTo, ...escalateTo]))];
}

/** What they are called; whoever is not known is called as they are written. */
export async function refNames(
  organizationId: OrganizationId,
  documents: readonly RuleDocument[],
): Promise<Record<string, string>> {
  const refs = refsOf(documents);
  const names = await nameRefs(organizationId, refs);
  return Object.fromEntries(refs.map((ref) => [ref, isStored(ref) ? (names.get(ref) ?? ref) : ref]));
}

function isStored(ref: string): boolean {
  return /^(?:role|user|team):/.test(ref);
}
