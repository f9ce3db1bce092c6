import { randomBytes, randomInt } from "node:crypto";
import { linkCodeLength } from "@/core/contracts/decision-link";
import { AppError } from "@/core/errors";
import { guessCounter, takePoint } from "@/server/auth/guess-counters";
import { admitGuess, forgiveGuess, type Guesser } from "@/server/auth/guess-delay";
import { hashToken } from "@/server/digest";
import { isSameText, keyedHash } from "./keyed-hash";
import { proofCookie, proofMinutes } from "./proof-cookie";
import { putCode, putProof, takeTry, type LinkRow } from "./store";
import type { Visit } from "./visitor";

const codeMinutes = 10;
const triesOfCode = 5;

/** Codes of one link: enough for whoever mistypes, too few to try all numbers. */
const perHour = () => guessCounter("link-code", { points: 5, seconds: 3_600 });
const perDay = () => guessCounter("link-code-day", { points: 15, seconds: 24 * 3_600 });

/** Sends a code of six digits to the address of whoever the link belongs to. An earlier one is taken no more. */
export async function sendCodeTo({ link, person }: Visit): Promise<void> {
  const waitMs = (await takePoint(perHour(), link.tokenHash)) ?? (await takePoint(perDay(), link.tokenHash));
  if (waitMs !== null)
    throw tooMany(link, "So many codes were sent for this link that no more are sent for a while.", waitMs);
  const code = String(randomInt(10 ** linkCodeLength)).padStart(linkCodeLength, "0");
  await putCode(link, {
    hash: hashOf(link.tokenHash, code),
    minutes: codeMinutes,
    address: person.email ?? "",
    subject: `Your code: ${code}`,
    body: `Enter this code on the page that you opened: ${code}\n\nIt counts for ${String(codeMinutes)} minutes, and once. Nobody of us asks you for it. If you opened no page, somebody else has your link: tell ${link.outside === null ? "an administrator" : "whoever asked you"}.`,
  });
}

/** Takes the code that was sent: gives the cookie by which this browser is known on this page for a while. */
export async function proveByCode({ link }: Visit, code: string): Promise<string> {
  const guessers: Guesser[] = [
    { key: `decision link ${link.tokenHash}`, free: 10, firstSeconds: 2, longestSeconds: 15 * 60, ofOneAccount: true },
  ];
  const waitMs = await admitGuess(guessers);
  if (waitMs !== null) throw tooMany(link, "Too many codes were wrong.", waitMs);
  const expected = await takeTry(link.tokenHash, triesOfCode);
  if (expected === null)
    throw new AppError(
      "forbidden",
      "No code is taken any more: it is too old, was used, or was wrong too often. Ask for a new one.",
    );
  if (!isSameText(hashOf(link.tokenHash, code), expected))
    throw new AppError("validation_failed", "This is not the code that was sent last. Look at the newest mail.", [
      { code: "wrong_code", path: "code", message: "This is not the code that was sent last." },
    ]);
  const proof = randomBytes(32).toString("base64url");
  if (!(await putProof(link.tokenHash, { codeHash: expected, proofHash: hashToken(proof), minutes: proofMinutes })))
    throw new AppError("conflict", "This code was used at the same moment elsewhere. Ask for a new one.");
  await forgiveGuess(guessers);
  return proofCookie(link.tokenHash, proof);
}

function hashOf(tokenHash: string, code: string): string {
  return keyedHash("decision code", tokenHash, code);
}

function tooMany({ outside }: LinkRow, sentence: string, waitMs: number): AppError {
  return new AppError("rate_limited", `${sentence} Try again later${outside === null ? ", or sign in" : ""}.`, [], {
    retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1_000)),
  });
}
