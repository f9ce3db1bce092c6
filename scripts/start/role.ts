import { inngestServerOf } from "../../server/inngest-server";
import { given, inngestVariables } from "./given";

export type Role = "all" | "web" | "worker";
export type ProcessName = "web" | "worker";

/** Role -> the processes that `npm start` keeps running on this machine. */
export const processesOf: Readonly<Record<Role, readonly ProcessName[]>> = {
  all: ["worker", "web"],
  web: ["web"],
  worker: ["worker"],
};

/** What every machine needs the same of, as soon as there is more than one. */
const sharedVariables: Readonly<Record<string, string>> = {
  DATABASE_URL: "the embedded database is for one machine only",
  NEXTAUTH_SECRET: "every machine needs the same one, or sign-ins and links of one are worth nothing on the other",
  HOLDPOINT_ENCRYPTION_KEYS: "every machine needs the same ones, or one cannot read the secrets that the other saved",
  HOLDPOINT_BASE_URL: "the links in messages need the address at which people reach the product",
};

/** `HOLDPOINT_ROLE`. Throws one sentence about what a part of an installation lacks. */
export function readRole(): Role {
  const role = given("HOLDPOINT_ROLE") ?? "all";
  if (!isRole(role)) throw new Error(`HOLDPOINT_ROLE is "${role}"; it must be "web", "worker" or "all".`);
  if (role === "all") return role;
  if (inngestServerOf(inngestVariables()).kind === "embedded")
    throw new Error(
      `HOLDPOINT_ROLE is "${role}", which needs a real Inngest server: set INNGEST_BASE_URL, INNGEST_EVENT_KEY and ` +
        "INNGEST_SIGNING_KEY, or leave HOLDPOINT_ROLE out to run everything on this machine.",
    );
  for (const [name, why] of Object.entries(sharedVariables))
    if (given(name) === undefined) throw new Error(`${name} is not set, and HOLDPOINT_ROLE is "${role}": ${why}.`);
  return role;
}

function isRole(text: string): text is Role {
  return text in processesOf;
}
