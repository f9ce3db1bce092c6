import { z } from "zod";
import { router, scoped } from "@/server/api/trpc";
import { openFile } from "./service";

export const filesRouter = router({
  /** Where a file is opened for the next five minutes. */
  open: scoped("runs:read")
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => openFile(ctx.actor, input.id)),
});
