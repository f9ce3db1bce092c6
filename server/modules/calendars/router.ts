import { calendarNameSchema, setCalendarSchema } from "@/core/contracts/calendar";
import { router, scoped } from "@/server/api/trpc";
import { listCalendars, removeCalendar, setCalendar } from "./service";

export const calendarsRouter = router({
  list: scoped("members:read").query(async ({ ctx }) => ({ items: await listCalendars(ctx.actor) })),
  set: scoped("members:manage")
    .input(setCalendarSchema)
    .mutation(({ ctx, input }) => setCalendar(ctx.actor, input)),
  remove: scoped("members:manage")
    .input(calendarNameSchema)
    .mutation(async ({ ctx, input }) => {
      await removeCalendar(ctx.actor, input.slug);
    }),
});
