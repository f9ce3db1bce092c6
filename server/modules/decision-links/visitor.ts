import type { LinkProof } from "@/core/contracts/approval";
import { AppError } from "@/core/errors";
import { memberActor, outsideActor } from "@/server/auth/actor";
import { isClosed } from "@/server/auth/demo-organizations";
import { findMember } from "@/server/auth/store";
import { hashToken } from "@/server/digest";
import { seenFrom, type UserActor } from "@/server/db/tenant";
import { isSameText } from "./keyed-hash";
import { readProof } from "./proof-cookie";
import { findLink, type LinkRow } from "./store";

/** What a request to the page of a link brings along. */
export interface Visitor {
  token: string;
  cookies: string | null;
  /** Who is signed in in this browser. */
  signedIn: UserActor | null;
  address: string | null;
}

/** The link and whose it is; `proven`: the person of the link sits there. */
export interface Visit {
  link: LinkRow;
  person: UserActor;
  proven: { actor: UserActor; proof: LinkProof } | null;
}

/** Throws `not_found` for what is no link, and for that of somebody who left: both say the same. */
export async function visit({ token, cookies, signedIn, address }: Visitor): Promise<Visit> {
  const link = await findLink(hashToken(token));
  const owner = link === null || isClosed(link.organizationId) ? null : await ownerOf(link);
  if (link === null || owner === null) throw noSuchLink();
  const person = seenFrom(owner, address);
  const isOwn = signedIn?.userId === link.userId && signedIn.organizationId === link.organizationId;
  if (signedIn !== null && isOwn)
    return { link, person, proven: { actor: { ...signedIn, via: "link" }, proof: "session" } };
  const proof = readProof(cookies, link.tokenHash);
  const isProven = proof !== null && link.proofHash !== null && isSameText(hashToken(proof), link.proofHash);
  return { link, person, proven: isProven ? { actor: person, proof: "code" } : null };
}

async function ownerOf(link: LinkRow): Promise<UserActor | null> {
  const { outside, userId, organizationId } = link;
  if (outside !== null) return outsideActor({ id: userId, address: outside.address, organizationId });
  const row = await findMember(userId, organizationId);
  return row && { ...memberActor(row), via: "link", auth: "link" };
}

function noSuchLink(): AppError {
  return new AppError(
    "not_found",
    "This link leads nowhere. Take the newest mail about this request, or open the inbox.",
  );
}
