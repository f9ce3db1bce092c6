/** What is said when a decision got no answer: whether it arrived is known only where nothing was sent. */
export function noAnswerWords(isOnline: boolean): string {
  return isOnline
    ? "Holdpoint did not answer. Look whether this was decided before you try again."
    : "You are offline. Nothing was decided.";
}

/** Whether the sign-in is over: nothing was decided, and the same press does it after signing in again. */
export function needsSignIn({ data }: { data?: unknown }): boolean {
  return typeof data === "object" && data !== null && "appCode" in data && data.appCode === "unauthenticated";
}

/** The server's own words where it answered. `error`: as the API's client gives it. */
export function refusalWords(error: { message: string; data?: unknown }): string {
  return error.data === undefined || error.data === null ? noAnswerWords(navigator.onLine) : error.message;
}
