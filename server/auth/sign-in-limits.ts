import { hashToken } from "@/server/digest";
import { addressBlock } from "./client-address";
import { admitGuess, forgiveGuess, type Guesser } from "./guess-delay";

const quarterHour = 15 * 60;

/**
 * By what failed sign-ins are counted. No counter is of an account alone: strangers could make its owner wait. A browser that signed in
 * to the account before has a counter of its own, which nobody else can raise.
 */
export function guessersOf(email: string, address: string, knownDevice: string | null): readonly Guesser[] {
  if (knownDevice !== null) return [ofAccount(`device ${hashToken(knownDevice)}`)];
  const block = addressBlock(address);
  return [
    ofAccount(`pair ${email} ${block}`),
    { key: `address ${block}`, free: 30, firstSeconds: 2, longestSeconds: 30, ofOneAccount: false },
  ];
}

/** Somebody who is signed in and gives their password once more. */
export function guessersInSession(sessionId: string): readonly Guesser[] {
  return [ofAccount(`session ${sessionId}`)];
}

export const signInLimits = { admit: admitGuess, forgive: forgiveGuess };

function ofAccount(key: string): Guesser {
  return { key, free: 5, firstSeconds: 2, longestSeconds: quarterHour, ofOneAccount: true };
}
