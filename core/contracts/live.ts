/** What changed in an organization, as open pages hear of it: which runs and what kinds of things, never their content. */
export interface LiveChange {
  runIds: string[];
  kinds: string[];
}

/** Kinds that stand for more than one thing. Others: `workflow`, `conversation`, `draft:<workflow id>`, `conversation:<id>`. */
export const liveKinds = {
  /** So many runs that they are not named one by one. */
  runs: "runs",
  /** Nobody knows what was missed: the database connection that listens was lost for a while. */
  everything: "everything",
} as const;
