import { AppError } from "@/core/errors";
import { asObject, type Json } from "@/core/json";
import type { Trigger } from "@/core/workflow/document";
import { isSame } from "@/server/integrations/webhooks/compare";
import type { HookAnswer } from "./answer";

const maxChallenge = 2000;

/** Where senders put what they want to read back, when they check an address by GET. */
const queryChallenges = ["hub.challenge", "challenge"] as const;
const tokenNames = ["hub.verify_token", "verify_token"] as const;
/** Asks by POST, with nothing in the body. */
const postChallenge = "validationToken";

type Settings = Pick<Trigger, "verification" | "verifyToken">;

/** The answer to a sender's check of the address by its query, or null when the call is none. Starts nothing. */
export function answerQueryCheck(settings: Settings, method: string, query: URLSearchParams): HookAnswer | null {
  if (settings.verification === "off") return null;
  const names = method === "GET" ? queryChallenges : method === "POST" ? [postChallenge] : [];
  const challenge = firstOf(names, query);
  if (challenge === null) return null;
  if (settings.verifyToken !== undefined) {
    if (!isSame(firstOf(tokenNames, query) ?? "", settings.verifyToken))
      throw new AppError("forbidden", "The verify token is not the one that this webhook's trigger names.");
  }
  return plain(challenge);
}

/** The same for a check in the body: Slack's, and a body that is nothing but a challenge, which is sent back as it is. */
export function answerBodyCheck(settings: Settings, body: Json): HookAnswer | null {
  if (settings.verification === "off") return null;
  const { challenge, type, ...more } = asObject(body);
  if (typeof challenge !== "string") return null;
  if (type === "url_verification") return plain(challenge);
  if (type !== undefined || Object.keys(more).length > 0) return null;
  return { status: 200, form: "json", body: { challenge: challenge.slice(0, maxChallenge) } };
}

function firstOf(names: readonly string[], query: URLSearchParams): string | null {
  for (const name of names) if (query.has(name)) return query.get(name);
  return null;
}

/** As it came, without quotes. It is never read as a page: it is plain text that no browser may take for anything else. */
function plain(challenge: string): HookAnswer {
  return { status: 200, form: "text", body: challenge.slice(0, maxChallenge) };
}
