interface Failed {
  message: string;
  data?: unknown;
}

/** What came of an act that got no answer: whether it arrived is known only where nothing was sent. */
const acts = {
  decide: { offline: "Nothing was decided.", unknown: "Look whether this was decided before you try again." },
  answer: { offline: "Nothing was sent.", unknown: "Look whether this was answered before you try again." },
  undo: { offline: "Nothing was taken back.", unknown: "Look whether this was taken back before you try again." },
} as const;

/** Whether the server said something to it. */
export function isAnswered({ data }: Failed): boolean {
  return data !== undefined && data !== null;
}

/** Whether the sign-in is over: nothing was done, and the same press does it after signing in again. */
export function needsSignIn({ data }: Pick<Failed, "data">): boolean {
  return typeof data === "object" && data !== null && "appCode" in data && data.appCode === "unauthenticated";
}

/** The server's own words where it answered. `error`: as the API's client gives it. */
export function refusalWords(error: Failed, act: keyof typeof acts = "decide"): string {
  if (isAnswered(error)) return error.message;
  return navigator.onLine ? `Holdpoint did not answer. ${acts[act].unknown}` : `You are offline. ${acts[act].offline}`;
}
