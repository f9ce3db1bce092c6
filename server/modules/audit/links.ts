import type { ChainLink, ChainProof } from "@/core/contracts/evidence";
import { hasTokens } from "@/server/token-words";
import { requireScope, type Actor } from "@/server/db/tenant";
import { firstLink, lineText } from "./chain";
import { onConnection } from "./line-store";
import { linesBetween, listHeads, sealsOver } from "./store";

/** What a file can carry; whatever more there is is named, and checked with the command. */
const mostLinks = 200;
const mostLines = 20_000;

/** The seals over these lines, with all that each one covers, so that anybody can compute them again; see docs/evidence.md. */
export async function proofOf(actor: Actor, ids: readonly string[]): Promise<ChainProof> {
  requireScope(actor, "audit:read");
  const { organizationId } = actor;
  return onConnection(async (client) => {
    const seals = await sealsOver(client, organizationId, ids);
    const [head] = await listHeads(client, [organizationId]);
    const links: ChainLink[] = [];
    let lines = 0;
    for (const seal of seals) {
      lines += seal.entries;
      if (links.length === mostLinks || lines > mostLines) break;
      const covered = await linesBetween(client, { organizationId, after: seal.after, upTo: seal.lastId });
      const texts = covered.map(lineText);
      // Where to answer for others leaves with nobody, and a text that is changed proves nothing.
      if (!hasTokens(texts))
        links.push({
          previous: seal.previous ?? firstLink(organizationId),
          lines: texts,
          hash: seal.hash,
          up_to: seal.lastId,
          sealed_at: seal.sealedAt,
        });
    }
    const proven = new Set(links.flatMap(({ lines: texts }) => texts.map(numberOf)));
    return {
      links,
      head: head === undefined ? null : { hash: head.hash, up_to: head.lastId, sealed_at: head.sealedAt },
      not_proven: ids.filter((id) => !proven.has(id)),
    };
  });
}

function numberOf(text: string): string {
  return /^\["(\d+)"/.exec(text)?.[1] ?? "";
}
