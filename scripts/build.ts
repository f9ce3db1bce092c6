import { buildIfStale } from "./build/build";
import { generatePrismaClient } from "./db/prisma-client";
import { createProgress } from "./start/progress";

const progress = createProgress();
generatePrismaClient();
await progress.step("built", () => buildIfStale(progress));
