import { z } from "zod";
import { findInadmissible } from "@/core/admissible-json";
import { AppError } from "@/core/errors";
import { requireOpen } from "./demo-organizations";
import { isKnownDevice, noteDevice } from "./known-devices";
import { verifyPassword } from "./password";
import { createMinuteGate } from "@/server/db/minute-gate";
import { guessersOf, signInLimits } from "./sign-in-limits";
import { noteFailedSignIn } from "./sign-in-trace";
import { letIn, type SignedIn, type SignInSource } from "./signed-in";
import { findForSignIn } from "./store";

const credentialsSchema = z.object({ email: z.string().max(320), password: z.string().min(1).max(1_024) });

/** Refused tries are many: one line a minute for each account and address says so. */
const isFirstOfMinute = createMinuteGate();

/** Null for a wrong e-mail or password, without saying which. Throws `rate_limited` when the last wrong one was too short ago. */
export async function signIn(credentials: unknown, source: SignInSource): Promise<SignedIn | null> {
  const parsed = credentialsSchema.safeParse(credentials);
  // No e-mail address of a member holds a NUL or half a surrogate pair.
  if (!parsed.success || findInadmissible(parsed.data) !== null) return null;
  const email = normalizeEmail(parsed.data.email);
  const { address } = source;
  const knownDevice = (await isKnownDevice(source.deviceToken, email)) ? source.deviceToken : null;
  const guessers = guessersOf(email, address, knownDevice);
  const refusedForMs = await signInLimits.admit(guessers);
  const row = await findForSignIn(email);
  if (refusedForMs !== null) {
    if (isFirstOfMinute(`${email} ${address}`)) await noteFailedSignIn(email, row, address, "too_many_tries");
    throw tooManyTries(refusedForMs);
  }
  const isRight = await verifyPassword(parsed.data.password, row?.passwordHash ?? null).catch(
    async (error: unknown) => {
      // Nobody looked at the password: that was no guess.
      if (error instanceof AppError)
        await signInLimits.forgive(guessers.map((each) => ({ ...each, ofOneAccount: false })));
      throw error;
    },
  );
  if (!isRight || !row) {
    await noteFailedSignIn(email, row, address, row ? "wrong_password" : "no_such_account");
    return null;
  }
  await signInLimits.forgive(guessers);
  requireOpen(row.organizationId);
  return letIn(row, source, () => noteDevice(row.userId, knownDevice));
}

export function normalizeEmail(email: string): string {
  return email.trim().normalize("NFKC").toLowerCase();
}

/** For sign-in and for passwords that are asked for once more. */
export function tooManyTries(refusedForMs: number): AppError {
  const seconds = Math.max(1, Math.ceil(refusedForMs / 1_000));
  const wait =
    seconds < 90
      ? `${String(seconds)} ${seconds === 1 ? "second" : "seconds"}`
      : `${String(Math.ceil(seconds / 60))} minutes`;
  return new AppError("rate_limited", `That was wrong several times. Wait ${wait}, then try again.`, [], {
    retryAfterSeconds: seconds,
  });
}
