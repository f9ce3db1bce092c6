import { z } from "zod";
import { createConnectionSchema } from "@/connectors/auth/connection-schemas";
import { testConnectionSchema } from "@/core/contracts/connection";
import { router, scoped } from "@/server/api/trpc";
import { createConnection, listConnections, testConnection } from "./service";

/** More than anybody has; the list is what a picker shows at once. */
const listed = 500;

export const connectionsRouter = router({
  list: scoped("connections:read").query(async ({ ctx }) => {
    const { items } = await listConnections(ctx.actor, { limit: listed, offset: 0 });
    return { items };
  }),
  create: scoped("connections:write")
    .input(createConnectionSchema)
    .mutation(({ ctx, input }) => createConnection(ctx.actor, input)),
  test: scoped("connections:write")
    .input(testConnectionSchema.extend({ slug: z.string().max(64) }))
    .mutation(({ ctx, input }) => testConnection(ctx.actor, input.slug, input.path)),
});
