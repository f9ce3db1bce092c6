import { refuses, type RuleDocument } from "@/core/approver-rules/document";
import { resolveRef } from "@/core/directory";
import type { OrganizationId } from "@/server/db/tenant";
import { directoryFacts, nameRefs } from "@/server/modules/directory/service";

/** What everybody whom tables name is called, by the reference as it is written; whoever is not known is called by it. */
export async function refNames(
  organizationId: OrganizationId,
  documents: readonly RuleDocument[],
): Promise<Record<string, string>> {
  const known = await directoryFacts(organizationId);
  const stored = new Map(refsOf(documents).map((ref) => [ref, resolveRef(known, ref)]));
  const names = await nameRefs(
    organizationId,
    [...stored.values()].filter((ref) => ref !== null),
  );
  return Object.fromEntries([...stored].map(([ref, found]) => [ref, found === null ? ref : (names.get(found) ?? ref)]));
}

function refsOf(documents: readonly RuleDocument[]): string[] {
  const outcomes = documents.flatMap(({ rows, otherwise }) => [...rows, ...(refuses(otherwise) ? [] : [otherwise])]);
  return [...new Set(outcomes.flatMap(({ assignTo, escalateTo = [] }) => [...assignTo, ...escalateTo]))];
}
