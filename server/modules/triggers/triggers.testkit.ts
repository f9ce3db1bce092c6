import { createCallerFactory } from "@/server/api/trpc";
import type { UserActor } from "@/server/db/tenant";
import { triggersRouter } from "./router";

const callerOf = createCallerFactory(triggersRouter);

/** The procedures of this module, called by somebody; null: nobody is signed in. */
export function triggersApi(actor: UserActor | null) {
  return callerOf({ actor, requestId: "test" });
}
