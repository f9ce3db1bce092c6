import { z } from "zod";
import { undecidableReasons } from "./undecidable";

/** Of approvals, forms, handoffs and the steps that wait for them. */
export const undecidableSchema = z
  .object({
    since: z.string(),
    why: z
      .enum(undecidableReasons)
      .describe(
        "nobody_left: of those asked nobody is left who may answer; requester_only: only who asked for it is left; too_few: more must approve than are left; mail_bounced: people without an account are asked, and no mail reaches them",
      ),
  })
  .nullable()
  .describe("While it is open: since when nobody can decide it any more, and why. Null: somebody can");
