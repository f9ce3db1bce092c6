import { z } from "zod";
import { timeSchema } from "@/core/contracts/time";
import { router, scoped } from "@/server/api/trpc";
import { checkChain, readChain } from "@/server/modules/audit/service";
import { mostExported } from "./export";
import { countActivity, countNewer, listActivity } from "./service";

const moment = timeSchema.transform((text) => new Date(text)).optional();
const filter = z.object({
  action: z.string().max(100).optional(),
  person: z.string().max(64).optional(),
  subjectType: z.string().max(64).optional(),
  search: z.string().max(200).optional(),
  since: moment,
  until: moment,
});

export const auditRouter = router({
  list: scoped("audit:read")
    .input(
      filter.extend({ cursor: z.string().max(512).nullish(), limit: z.number().int().min(1).max(200).default(50) }),
    )
    .query(({ ctx, input: { cursor, limit, ...asked } }) =>
      listActivity(ctx.actor, asked, { limit, offset: 0, cursor: cursor ?? undefined }),
    ),
  /** How many lines an export would hold, up to one more than it may. */
  size: scoped("audit:read")
    .input(filter)
    .query(async ({ ctx, input }) => ({ lines: await countActivity(ctx.actor, input, mostExported + 1) })),
  chain: scoped("audit:read").query(({ ctx }) => readChain(ctx.actor)),
  check: scoped("audit:read").mutation(({ ctx }) => checkChain(ctx.actor)),
  newer: scoped("audit:read")
    .input(
      filter.extend({
        than: z.object({ at: timeSchema, id: z.string().regex(/^\d{1,18}$/, "is no line of the log") }),
      }),
    )
    .query(async ({ ctx, input: { than, ...asked } }) => ({ count: await countNewer(ctx.actor, asked, than) })),
});
