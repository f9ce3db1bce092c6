import { access } from "node:fs/promises";
import { join } from "node:path";
import { ownerRoleWarning } from "@/server/db/owner-role";
import { env, isEmbedded } from "@/server/env";
import { countRefusedEvents, databaseAnswers, hasDemoOrganization, hasFreshWorker, newestRegistration } from "./store";

export interface Readiness {
  /** Names of what is missing; empty means ready. */
  missing: string[];
  /** The same as sentences that say what to do. */
  problems: string[];
  /** What a person should look at although work goes on. */
  warnings: string[];
}

const noWorker = "No worker has given a sign of life for ten seconds. Start one, or read its log.";

/** What must be there before anybody should send work: undefined when it is, else a sentence. */
const checks = {
  database: databaseAnswers,
  seed: async () =>
    !env().HOLDPOINT_DEMO || (await hasDemoOrganization()) ? undefined : "The demo organization is not there yet.",
  credentials_file: async () =>
    !env().HOLDPOINT_DEMO || (await isReadable(join(env().HOLDPOINT_DATA_DIR, "demo-credentials.json")))
      ? undefined
      : "demo-credentials.json is not there yet.",
  worker: async () => {
    if (isEmbedded()) return (await hasFreshWorker()) ? undefined : noWorker;
    const registration = await newestRegistration();
    return registration ? (registration.problem ?? undefined) : noWorker;
  },
} satisfies Record<string, () => Promise<string | undefined>>;

/** A check that fails (no database, no table yet) counts as missing. */
export async function findMissing(): Promise<Readiness> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const problem = await check().catch(() => "The database cannot be reached, or is not up to date yet.");
      return problem === undefined ? [] : [{ name, problem }];
    }),
  );
  const found = results.flat();
  return {
    missing: found.map(({ name }) => name),
    problems: [...new Set(found.map(({ problem }) => problem))],
    warnings: await findWarnings(),
  };
}

async function findWarnings(): Promise<string[]> {
  const warnings = await Promise.all([ownerRoleWarning().catch(() => undefined), refusedEventsWarning()]);
  return warnings.filter((warning) => warning !== undefined);
}

async function refusedEventsWarning(): Promise<string | undefined> {
  if (isEmbedded()) return undefined;
  const refused = await countRefusedEvents().catch(() => 0);
  return refused === 0
    ? undefined
    : `The Inngest server refused ${refused} events for good; the worker's log says which and why (docs/operations.md).`;
}

function isReadable(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
