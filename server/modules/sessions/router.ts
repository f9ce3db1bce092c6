import { z } from "zod";
import { changePasswordSchema, provePasswordSchema } from "@/core/contracts/session";
import { authedProcedure, router, scoped } from "@/server/api/trpc";
import { changePassword, endMemberSessions, endOwnSessions, endSession, listSessions, provePassword } from "./service";

export const sessionsRouter = router({
  list: scoped("sessions:manage").query(async ({ ctx }) => ({ items: await listSessions(ctx.actor) })),
  end: scoped("sessions:manage")
    .input(z.strictObject({ id: z.string() }))
    .mutation(async ({ ctx, input }) => {
      await endSession(ctx.actor, input.id);
      return { ended: 1 };
    }),
  endAll: scoped("sessions:manage")
    .input(z.strictObject({ keepThis: z.boolean() }))
    .mutation(async ({ ctx, input }) => ({ ended: await endOwnSessions(ctx.actor, input) })),
  endOfMember: scoped("members:manage")
    .input(z.strictObject({ memberId: z.string() }))
    .mutation(async ({ ctx, input }) => ({ ended: await endMemberSessions(ctx.actor, input.memberId) })),
  prove: authedProcedure.input(provePasswordSchema).mutation(async ({ ctx, input }) => {
    await provePassword(ctx.actor, input.password);
    return { proven: true as const };
  }),
  changePassword: authedProcedure.input(changePasswordSchema).mutation(async ({ ctx, input }) => {
    await changePassword(ctx.actor, input);
    return { changed: true as const };
  }),
});
