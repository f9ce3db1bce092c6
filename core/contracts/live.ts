/** What changed in an organization, as open pages hear of it: which runs and what kinds of things, never their content. */
export interface LiveChange {
  runIds: string[];
  kinds: string[];
  /** The last message of this stream. */
  over?: StreamOver;
}

/**
 * Why a page hears no more. `replaced`: the same sign-in or link has newer pages open; ask again when somebody looks at this one.
 * `busy`: too many are open; ask again later. `signed_out`: do not ask again.
 */
export type StreamOver = "replaced" | "busy" | "signed_out";

/** Kinds that stand for more than one thing. Others: `workflow`, `conversation`, `notices`, `presence`, `draft:<workflow id>`, `conversation:<id>`. */
export const liveKinds = {
  /** So many runs that they are not named one by one. */
  runs: "runs",
  /** Nobody knows what was missed: the database connection that listens was lost for a while. */
  everything: "everything",
} as const;

/** Somebody opened an item of the inbox, or left it. */
export const lookersKind = "presence";
