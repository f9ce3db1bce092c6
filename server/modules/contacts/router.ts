import { z } from "zod";
import { changeContactSchema } from "@/core/contracts/contact";
import { router, scoped } from "@/server/api/trpc";
import { changeContact, getContact, listContactItems } from "./service";

const id = z.string().max(64);

export const contactsRouter = router({
  list: scoped("contacts:read")
    .input(
      z.object({
        search: z.string().max(200).default(""),
        cursor: z.string().max(512).nullish(),
        limit: z.number().int().min(1).max(100).default(50),
      }),
    )
    .query(({ ctx, input: { search, cursor, limit } }) =>
      listContactItems(ctx.actor, { limit, offset: 0, cursor: cursor ?? undefined }, search),
    ),
  get: scoped("contacts:read")
    .input(z.strictObject({ id }))
    .query(({ ctx, input }) => getContact(ctx.actor, input.id)),
  change: scoped("conversations:write")
    .input(changeContactSchema.extend({ id }))
    .mutation(({ ctx, input: { id: contactId, ...given } }) => changeContact(ctx.actor, contactId, given)),
});
