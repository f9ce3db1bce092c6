import { router, scoped } from "@/server/api/trpc";
import { listMembers } from "./service";

export const membersRouter = router({
  list: scoped("members:read").query(async ({ ctx }) => ({ items: await listMembers(ctx.actor) })),
});
