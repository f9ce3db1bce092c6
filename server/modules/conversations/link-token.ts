import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { isUuid } from "@/core/ids";
import { env } from "@/server/env";

/** 192 bits. */
export function newLinkToken(): string {
  return randomBytes(24).toString("base64url");
}

/** With what a page asks for news of its conversation: it opens nothing, and ends with the link. */
export function newsKey(conversation: { id: string; tokenHash: string }): string {
  const text = `conversation news ${conversation.id} ${conversation.tokenHash}`;
  const proof = createHmac("sha256", env().NEXTAUTH_SECRET).update(text).digest("base64url");
  return `${conversation.id}.${proof}`;
}

/** The conversation that a news key claims to be of; null when it is none. */
export function conversationOfNewsKey(key: string): string | null {
  const [id = ""] = key.split(".");
  return isUuid(id) ? id : null;
}

export function isNewsKeyOf(conversation: { id: string; tokenHash: string }, key: string): boolean {
  const [given, expected] = [Buffer.from(key), Buffer.from(newsKey(conversation))];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
