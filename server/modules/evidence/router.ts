import { z } from "zod";
import { timeSchema } from "@/core/contracts/time";
import { router, scoped } from "@/server/api/trpc";
import { countNewer, listActivity } from "./service";

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
  newer: scoped("audit:read")
    .input(filter.extend({ than: z.object({ at: timeSchema, id: z.string().regex(/^\d{1,18}$/) }) }))
    .query(async ({ ctx, input: { than, ...asked } }) => ({ count: await countNewer(ctx.actor, asked, than) })),
});
