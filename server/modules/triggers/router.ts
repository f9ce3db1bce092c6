import { router } from "@/server/api/trpc";

export const triggersRouter = router({});
