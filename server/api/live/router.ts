import type { LiveChange } from "@/core/contracts/live";
import { signInWatch } from "@/server/auth/session";
import type { UserActor } from "@/server/db/tenant";
import { authedProcedure, router } from "../trpc";
import { liveChanges } from "./changes";
import { limitedStream } from "./limited-stream";
import { holderOf } from "./open-streams";

export const liveRouter = router({
  /** Says that something in the organization changed; the page then asks for what it shows. */
  changes: authedProcedure.subscription(({ ctx, signal }) => changesFor(ctx.actor, signal)),
});

function changesFor(actor: UserActor, signal: AbortSignal | undefined): AsyncGenerator<LiveChange> {
  const { userId, organizationId } = actor;
  return limitedStream(
    {
      holder: holderOf(actor),
      organizationId,
      access: { userId, isStillOpen: signInWatch(actor) },
      messages: (until) => liveChanges(organizationId, until),
      goodbye: (over): LiveChange => ({ runIds: [], kinds: [], over }),
    },
    signal,
  );
}
