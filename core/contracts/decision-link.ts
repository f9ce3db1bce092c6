import type { ApprovalContext, LinkProof } from "./approval";

/** The page behind the link in a mail, as far as it may be shown. */
export type DecisionPage =
  /** Nobody has proven who they are: only that something waits, and since when. */
  | { state: "locked"; askedAt: string; signedInAsOther: boolean }
  | { state: "expired" }
  | {
      state: "shown";
      proof: LinkProof;
      /** Whose link it is. */
      name: string;
      card: ApprovalContext;
      /** Belongs to what is shown: a decision about anything else is refused. */
      nonce: string;
    };

export const linkCodeLength = 6;
