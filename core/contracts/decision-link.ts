import type { ApprovalContext, LinkProof } from "./approval";

/** It does not wait any more. `by` and `at`: null where nobody decided it. */
export interface LinkOver {
  how: "approved" | "rejected" | "closed";
  by: string | null;
  at: string | null;
}

/** The page behind the link in a mail, as far as it may be shown. */
export type DecisionPage =
  /** Nobody has proven who they are: only that something waits, and since when; or that it is over, by whom and when. */
  | {
      state: "locked";
      askedAt: string;
      signedInAsOther: boolean;
      over: LinkOver | null;
      /** Its person has no account: once it is over, nothing more is shown of it. */
      isOutside: boolean;
    }
  | { state: "expired"; isOutside: boolean }
  /** Somebody without an account was asked, and is not any more. */
  | { state: "taken_off" }
  | {
      state: "shown";
      proof: LinkProof;
      /** Whose link it is. */
      name: string;
      isOutside: boolean;
      card: ApprovalContext;
      /** Belongs to what is shown: a decision about anything else is refused. */
      nonce: string;
    };

export const linkCodeLength = 6;
