import { z } from "zod";
import { setAbsenceSchema } from "@/core/contracts/absence";
import { router, scoped } from "@/server/api/trpc";
import { endAbsence, listAbsences, setAbsence } from "./service";

export const absencesRouter = router({
  list: scoped("members:read").query(async ({ ctx }) => ({ items: await listAbsences(ctx.actor) })),
  set: scoped("absences:write")
    .input(setAbsenceSchema)
    .mutation(({ ctx, input }) => setAbsence(ctx.actor, input)),
  end: scoped("absences:write")
    .input(z.strictObject({ id: z.string().max(64) }))
    .mutation(async ({ ctx, input }) => {
      await endAbsence(ctx.actor, input.id);
    }),
});
