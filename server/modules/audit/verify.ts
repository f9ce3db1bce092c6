import type { ClientBase } from "pg";
import { firstLink, nextLink } from "./chain";
import { linesBetween, listHeads, listSeals, type Seal } from "./store";

export interface ChainReport {
  /** The first broken link, as a sentence; null when the chain is whole. */
  problem: string | null;
  links: number;
  /** Lines that the links cover. */
  sealed: number;
  /** Newer ones, which no link covers yet. */
  unsealed: number;
  head: string | null;
}

/**
 * Computes an organization's chain again from the lines that are there.
 * @param keptHead a head that was kept elsewhere: the chain must go through it. Only this finds links that were cut off at the end.
 */
export async function verifyChain(client: ClientBase, organizationId: string, keptHead?: string): Promise<ChainReport> {
  const seals = await listSeals(client, organizationId);
  let link = firstLink(organizationId);
  let after: string | null = null;
  let sealed = 0;
  const report = (problem: string | null, unsealed = 0): ChainReport => ({
    problem,
    links: seals.length,
    sealed,
    unsealed,
    head: seals.at(-1)?.hash ?? null,
  });
  for (const seal of seals) {
    const lines = await linesBetween(client, { organizationId, after, upTo: seal.lastId });
    link = nextLink(link, lines);
    if (link !== seal.hash) return report(brokenAt(seal, after, lines.length));
    after = seal.lastId;
    sealed += lines.length;
  }
  if (keptHead !== undefined && keptHead !== "" && !seals.some(({ hash }) => hash === keptHead))
    return report(
      "The head that was kept is not in the chain: links were cut off at its end, or it is another organization's.",
    );
  const rest = await linesBetween(client, { organizationId, after, upTo: null });
  const settled = newest(await listHeads(client));
  const late = rest.filter(({ id }) => BigInt(id) <= settled);
  if (late[0] !== undefined)
    return report(
      `${count(late.length, "line")} from ${late[0].at} on (number ${late[0].id}) should be sealed and ${late.length === 1 ? "is" : "are"} not: a line was added afterwards, or a link was removed.`,
    );
  return report(null, rest.length);
}

function brokenAt(seal: Seal, after: string | null, found: number): string {
  const where = `${after === null ? "up to" : `between the numbers ${after} and`} ${seal.lastId}, sealed at ${seal.sealedAt}`;
  if (found === seal.entries)
    return `What stands ${where}, is not what was sealed: one of its ${count(found, "line")}, or a link before it, was changed.`;
  const what =
    found < seal.entries ? "lines were removed, or a link was put in" : "lines were added, or a link was removed";
  return `There are ${count(found, "line")} ${where}, and ${String(seal.entries)} were sealed: ${what}.`;
}

function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? "" : "s"}`;
}

function newest(heads: readonly Seal[]): bigint {
  return heads.reduce((most, { lastId }) => (BigInt(lastId) > most ? BigInt(lastId) : most), 0n);
}
