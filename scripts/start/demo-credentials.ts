import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const credentialsSchema = z.looseObject({
  baseUrl: z.string(),
  apiKey: z.string(),
  users: z.array(z.looseObject({ email: z.string(), password: z.string(), roles: z.array(z.string()) })),
});

export type DemoCredentials = z.output<typeof credentialsSchema>;

/** What the seed left for people and scripts, or undefined before the first seed. */
export function readDemoCredentials(dataDir: string): DemoCredentials | undefined {
  const path = credentialsPath(dataDir);
  return existsSync(path) ? credentialsSchema.parse(JSON.parse(readFileSync(path, "utf8"))) : undefined;
}

function credentialsPath(dataDir: string): string {
  return join(dataDir, "demo-credentials.json");
}
