import { AppError } from "@/core/errors";
import { router, scoped } from "@/server/api/trpc";
import { listCapturedMessages } from "@/server/modules/deliveries/service";
import { getOrganization } from "@/server/modules/organizations/service";
import { shownMessages } from "./shown-messages";

export const mailboxRouter = router({
  /** What the demo's workflows told people: there it is captured, not sent. */
  list: scoped("deliveries:read")
    .meta({ givesAddresses: true })
    .query(async ({ ctx }) => {
      const { is_demo: isDemo } = await getOrganization(ctx.actor);
      if (!isDemo)
        throw new AppError(
          "not_found",
          "Only the demo organization has a mailbox: elsewhere messages are really sent.",
        );
      return { items: await shownMessages(ctx.actor, await listCapturedMessages(ctx.actor)) };
    }),
});
