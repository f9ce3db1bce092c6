import { otherParts, typesAndLint } from "./check/parts";
import { runChecks } from "./check/run-checks";
import { generatePrismaClient } from "./db/prisma-client";

generatePrismaClient();
const results = [...(await runChecks([typesAndLint])), ...(await runChecks(otherParts))];
const failed = results.filter((result) => !result.passed);
console.log(`${results.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
