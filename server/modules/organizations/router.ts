import { authedProcedure, router } from "@/server/api/trpc";
import { getOrganization } from "./service";

export const organizationsRouter = router({
  current: authedProcedure.query(({ ctx }) => getOrganization(ctx.actor)),
});
