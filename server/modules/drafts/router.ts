import { router } from "@/server/api/trpc";

export const draftsRouter = router({});
