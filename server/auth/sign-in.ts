import { z } from "zod";
import { findInadmissible } from "@/core/admissible-json";
import { AppError } from "@/core/errors";
import { verifyPassword } from "./password";
import { createMinuteGate } from "@/server/db/minute-gate";
import { signInLimits } from "./sign-in-limits";
import { noteFailedSignIn, noteSignedIn } from "./sign-in-trace";
import { findForSignIn } from "./store";

const credentialsSchema = z.object({ email: z.string().max(320), password: z.string().min(1).max(1_024) });

/** Refused tries are many: one line a minute for each account and address says so. */
const isFirstOfMinute = createMinuteGate();

export interface SignedIn {
  id: string;
  name: string;
  email: string;
  organizationId: string;
  epoch: number;
}

/** Null for a wrong e-mail or password, without saying which. Throws `rate_limited` after too many tries. */
export async function signIn(credentials: unknown, address: string): Promise<SignedIn | null> {
  const parsed = credentialsSchema.safeParse(credentials);
  // No e-mail address of a member holds a NUL or half a surrogate pair.
  if (!parsed.success || findInadmissible(parsed.data) !== null) return null;
  const email = normalizeEmail(parsed.data.email);
  // Counted before the password is checked: tries at the same moment must not slip past the limit.
  const refusedForMs = await signInLimits.count(email, address);
  const row = await findForSignIn(email);
  if (refusedForMs !== null) {
    if (isFirstOfMinute(`${email} ${address}`)) await noteFailedSignIn(email, row, address, "too_many_tries");
    throw tooManySignIns(refusedForMs);
  }
  if (!(await verifyPassword(parsed.data.password, row?.passwordHash ?? null)) || !row) {
    await noteFailedSignIn(email, row, address, row ? "wrong_password" : "no_such_account");
    return null;
  }
  await signInLimits.forgive(email, address);
  await noteSignedIn(row, address);
  return {
    id: row.userId,
    name: row.name,
    email: row.email,
    organizationId: row.organizationId,
    epoch: row.sessionEpoch,
  };
}

export function normalizeEmail(email: string): string {
  return email.trim().normalize("NFKC").toLowerCase();
}

export function tooManySignIns(refusedForMs: number): AppError {
  const minutes = Math.max(1, Math.ceil(refusedForMs / 60_000));
  return new AppError(
    "rate_limited",
    `Too many failed sign-ins. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`,
    [],
    {
      retryAfterSeconds: Math.ceil(refusedForMs / 1_000),
    },
  );
}
