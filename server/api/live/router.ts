import { authedProcedure, router } from "../trpc";
import { liveChanges } from "./changes";

export const liveRouter = router({
  /** Says that something in the organization changed; the page then asks for what it shows. */
  changes: authedProcedure.subscription(({ ctx, signal }) => liveChanges(ctx.actor.organizationId, signal)),
});
