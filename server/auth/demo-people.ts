import { readFile } from "node:fs/promises";
import { z } from "zod";
import { AppError } from "@/core/errors";
import { env } from "@/server/env";
import { isDemoBrowser } from "./demo-browser";
import { isDemoOrganization } from "./demo-organizations";
import { demoCredentialsPath } from "./demo-link";
import { letIn, type SignedIn, type SignInSource } from "./signed-in";
import { findForSignIn } from "./store";

export interface DemoPerson {
  email: string;
  roles: string[];
}

const credentialsFile = z.object({
  users: z.array(z.object({ email: z.string(), roles: z.array(z.string()) })),
});

/** Whom a browser that opened the demo's link may sign in as; nobody for any other browser. */
export async function demoPeople(cookieHeader: string | null): Promise<DemoPerson[]> {
  if (!isDemoBrowser(cookieHeader)) return [];
  try {
    const text = await readFile(demoCredentialsPath(env().HOLDPOINT_DATA_DIR), "utf8");
    return credentialsFile.parse(JSON.parse(text)).users;
  } catch {
    // Not seeded yet: people can still sign in with what they know.
    return [];
  }
}

/** Signs in one of the demo's people without a password. Throws `forbidden` unless the browser opened the demo's link. */
export async function signInDemoPerson(
  email: string,
  cookieHeader: string | null,
  source: SignInSource,
): Promise<SignedIn> {
  const row = isDemoBrowser(cookieHeader) ? await findForSignIn(email) : null;
  if (!row || !(await isDemoOrganization(row.organizationId)))
    throw new AppError(
      "forbidden",
      "This browser may not sign in without a password. Open the sign-in link that npm start printed, then pick one of the demo people.",
    );
  return letIn(row, source, () => Promise.resolve(null));
}
