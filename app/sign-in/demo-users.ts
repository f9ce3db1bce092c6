import "server-only";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { DemoUser } from "@/components/sign-in/sign-in-form";
import { env } from "@/server/env";

const credentialsFile = z.object({
  users: z.array(z.object({ email: z.string(), password: z.string(), roles: z.array(z.string()) })),
});

/** The demo's sign-ins from the seed's file; none outside demo mode. */
export async function demoUsers(): Promise<DemoUser[]> {
  const { HOLDPOINT_DEMO, HOLDPOINT_DATA_DIR } = env();
  if (!HOLDPOINT_DEMO) return [];
  try {
    const text = await readFile(join(HOLDPOINT_DATA_DIR, "demo-credentials.json"), "utf8");
    return credentialsFile.parse(JSON.parse(text)).users;
  } catch {
    // Not seeded yet: people can still sign in with what they know.
    return [];
  }
}
