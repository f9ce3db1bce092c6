import { router } from "@/server/api/trpc";

export const libraryRouter = router({});
