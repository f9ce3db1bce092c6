import { z } from "zod";
import type { Money } from "../card-money";
import type { ApprovalContext, ApprovalItem } from "./approval";

/** More are not decided in one call. */
export const mostDecidedAtOnce = 50;

const tooMany = `At most ${String(mostDecidedAtOnce)} approvals are decided at once. Decide these in several calls.`;

/** A list of approvals, each once. */
export function severalOf<Item extends z.ZodType>(item: Item, idOf: (item: z.output<Item>) => string) {
  return z
    .array(item)
    .min(1, "Name at least one approval.")
    .max(mostDecidedAtOnce, tooMany)
    .refine((items) => new Set(items.map(idOf)).size === items.length, "Name each approval once.");
}

/** An approval as it was shown. `fingerprint`: of its card; when the card says something else by now, it is not decided. */
export const shownApprovalSchema = z.strictObject({
  id: z.string().max(64),
  fingerprint: z.string().max(64).optional(),
});
export type ShownApproval = z.output<typeof shownApprovalSchema>;

/** What came of one of several decisions. `voted`: it is kept, and more people must decide. */
export type ManyResult =
  | {
      id: string;
      result: "decided" | "voted";
      /** What follows; null where more people must decide. */
      next: string[] | null;
      undoUntil: string | null;
    }
  | {
      id: string;
      result: "already_decided" | "refused";
      code: string;
      message: string;
      /** Of one that is decided already: how, by whom and when. */
      decision: string | null;
      decidedBy: string | null;
      decidedAt: string | null;
    };

/** One of several as whoever decides them is shown it. */
export interface ApprovalPreview extends Pick<
  ApprovalItem,
  "id" | "headline" | "fingerprint" | "canDecide" | "cannotDecideReason" | "requestedBy"
> {
  /** The figure of its card, as its author wrote it. */
  figure: string | null;
  money: Money | null;
  whatHappensNext: ApprovalContext["whatHappensNext"];
}
