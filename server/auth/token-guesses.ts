import { AppError, type ErrorCode } from "@/core/errors";
import { addressBlock } from "./client-address";
import { guessCounter, takePoint } from "./guess-counters";

/** Wrong tokens, links and keys from one address within a quarter of an hour. People mistype links, programs keep old keys. */
const perAddress = () => guessCounter("token", { points: 100, seconds: 15 * 60, remembers: true });

/**
 * Counts what `work` refuses with `wrongCode` as a guess of this address, and refuses further wrong ones with `rate_limited`. A right
 * one is never refused: strangers behind the same address must not keep anybody out.
 */
export async function countingGuesses<T>(address: string, wrongCode: ErrorCode, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof AppError && error.code === wrongCode ? await countedRefusal(address, error) : error;
  }
}

/** What a wrong guess is answered: `refusal`, or `rate_limited` after too many. */
export async function countedRefusal(address: string, refusal: AppError): Promise<AppError> {
  const waitMs = await takePoint(perAddress(), addressBlock(address));
  if (waitMs === null) return refusal;
  return new AppError(
    "rate_limited",
    "Too many links or keys from this address were wrong. Check what you have, and try again later.",
    [],
    { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1_000)) },
  );
}
