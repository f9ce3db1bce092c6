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
  /** The line after which the check began; null: with the first. */
  after: string | null;
  /** The last line that was found to be as it was sealed. */
  upTo: string | null;
}

interface ChainChoice {
  /** A head that was kept elsewhere: the chain must go through it. Only this finds links that were cut off at the end. */
  keptHead?: string | undefined;
  /** Only the newest links, of about so many lines. What they stand on is believed. */
  most?: number;
}

/** Computes an organization's chain again from the lines that are there. */
export async function verifyChain(
  client: ClientBase,
  organizationId: string,
  { keptHead, most = Infinity }: ChainChoice = {},
): Promise<ChainReport> {
  const seals = await listSeals(client, organizationId);
  const first = firstOf(seals, most);
  const before = seals[first - 1];
  let link = before?.hash ?? firstLink(organizationId);
  let after: string | null = before?.lastId ?? null;
  let sealed = 0;
  const report = (problem: string | null, unsealed = 0): ChainReport => ({
    problem,
    links: seals.length,
    sealed,
    unsealed,
    head: seals.at(-1)?.hash ?? null,
    after: before?.lastId ?? null,
    upTo: sealed === 0 ? null : after,
  });
  for (const seal of seals.slice(first)) {
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

/** The place of the first of the newest links that together cover so many lines; at least the newest one. */
function firstOf(seals: readonly Seal[], most: number): number {
  let lines = 0;
  let first = seals.length;
  while (first > 0 && (first === seals.length || lines + (seals[first - 1]?.entries ?? 0) <= most)) {
    first -= 1;
    lines += seals[first]?.entries ?? 0;
  }
  return first;
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
