import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { demoCredentialsPath } from "../../server/auth/demo-link";

const credentialsSchema = z.looseObject({
  baseUrl: z.string(),
  apiKey: z.string(),
  /** Good for one browser; a fresh one takes its place when it is opened. Not there before the first start is complete. */
  signInUrl: z.string().optional(),
  users: z.array(z.looseObject({ email: z.string(), password: z.string(), roles: z.array(z.string()) })),
});

export type DemoCredentials = z.output<typeof credentialsSchema>;

/** What the seed left for people and scripts, or undefined before the first seed. */
export function readDemoCredentials(dataDir: string): DemoCredentials | undefined {
  const path = demoCredentialsPath(dataDir);
  return existsSync(path) ? credentialsSchema.parse(JSON.parse(readFileSync(path, "utf8"))) : undefined;
}
