import { router } from "@/server/api/trpc";

export const testingRouter = router({});
