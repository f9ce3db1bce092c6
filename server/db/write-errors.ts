/** Somebody else holds the row, or two wanted two rows in turn: the same write will do in a moment. */
const blocked = new Set(["55P03", "40P01", "40001"]);
/** The connection was lost or refused: what was being written may have been committed, or not. */
const cut = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOENT", "57P01", "57P02", "57P03", "53300"]);
/** Took longer than a statement may, or was cancelled by an administrator. */
const cancelled = "57014";

/** True for what is over soon by itself: whoever asks again, asks for the same. */
export function isPassing(error: unknown): boolean {
  return isCut(error) || isBlocked(error) || codeOf(error) === cancelled;
}

export function isCut(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== null && (cut.has(code) || code.startsWith("08"))) return true;
  return (
    error instanceof Error &&
    /connection terminated|connection ended|timeout exceeded when trying to connect|not queryable/i.test(error.message)
  );
}

export function isBlocked(error: unknown): boolean {
  return blocked.has(codeOf(error) ?? "");
}

/**
 * True when a commit wanted to take a waitpoint as timed out that somebody resolved in the same moment. Nothing was
 * written: read the run again and go on from there, as after any other conflict.
 */
export function isWaitpointRace(error: unknown): boolean {
  return codeOf(error) === "HP002";
}

/** Which item of a batch the error comes from, counted from 0; null when it is not the doing of one. See hot_batch. */
export function failedItem(error: unknown): number | null {
  const hint = error instanceof Error && "hint" in error ? /^item (\d+)$/.exec(String(error.hint)) : null;
  return hint ? Number(hint[1]) : null;
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}
