import { changeMemberSchema, removeGroupSchema, saveGroupSchema } from "@/core/contracts/member";
import { router, scoped } from "@/server/api/trpc";
import { changeMember, listGroups, listMembers, removeGroup, saveGroup } from "./service";

export const membersRouter = router({
  list: scoped("members:read").query(async ({ ctx }) => ({ items: await listMembers(ctx.actor) })),
  /** Business roles and teams. */
  groups: scoped("members:read").query(async ({ ctx }) => ({ items: await listGroups(ctx.actor) })),
  change: scoped("members:manage")
    .input(changeMemberSchema)
    .mutation(async ({ ctx, input }) => {
      await changeMember(ctx.actor, input);
    }),
  saveGroup: scoped("members:manage")
    .input(saveGroupSchema)
    .mutation(({ ctx, input }) => saveGroup(ctx.actor, input)),
  removeGroup: scoped("members:manage")
    .input(removeGroupSchema)
    .mutation(async ({ ctx, input }) => {
      await removeGroup(ctx.actor, input);
    }),
});
