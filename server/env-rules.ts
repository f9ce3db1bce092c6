import { isLoopback, type InngestServer, type InngestVariables } from "./inngest-server";

export interface RuledVariables extends InngestVariables {
  HOST: string;
  HOLDPOINT_BASE_URL: string;
  HOLDPOINT_DEMO: boolean;
  NEXTAUTH_URL?: string | undefined;
  HOLDPOINT_ROLE: "web" | "worker" | "all";
  HOLDPOINT_WORKER_URL?: string | undefined;
  HOLDPOINT_STREAMS: number;
  HOLDPOINT_STREAMS_PER_ORGANIZATION: number;
  inngestServer: InngestServer;
}

interface Rule {
  broken(variables: RuledVariables, server: { kind: InngestServer["kind"]; url: string }): boolean;
  sentence(variables: RuledVariables, server: { kind: InngestServer["kind"]; url: string }): string;
}

const signed = (kind: InngestServer["kind"]): boolean => kind === "self_hosted" || kind === "cloud";

/** What must hold between several variables. Each broken rule is one sentence, and all of them together stop the start. */
const rules: readonly Rule[] = [
  {
    broken: ({ HOLDPOINT_DEMO, HOST, HOLDPOINT_BASE_URL, NEXTAUTH_URL = HOLDPOINT_BASE_URL }) =>
      HOLDPOINT_DEMO && ![HOST, HOLDPOINT_BASE_URL, NEXTAUTH_URL].every(isLoopback),
    sentence: ({ HOST, HOLDPOINT_BASE_URL }) =>
      `HOLDPOINT_DEMO is "on", but the demo is for this machine alone: HOST (${HOST}) and HOLDPOINT_BASE_URL (${HOLDPOINT_BASE_URL}) must ` +
      "both be on 127.0.0.1. Set HOLDPOINT_DEMO=off to run the product for others.",
  },
  {
    broken: (variables, { kind }) => signed(kind) && variables.INNGEST_EVENT_KEY === undefined,
    sentence: (_, { url }) => `INNGEST_EVENT_KEY is not set; the Inngest server at ${url} takes events only with it.`,
  },
  {
    broken: (variables, { kind }) => signed(kind) && variables.INNGEST_SIGNING_KEY === undefined,
    sentence: (_, { url }) =>
      `INNGEST_SIGNING_KEY is not set; with it the workers know that a call comes from the Inngest server at ${url}.`,
  },
  {
    broken: (_, { kind, url }) => kind === "dev" && !/^https?:\/\//.test(url),
    sentence: () => "INNGEST_DEV must be 1, 0 or the http:// address of a dev server.",
  },
  {
    broken: (variables, { kind, url }) =>
      kind === "dev" && ![url, variables.HOST, variables.HOLDPOINT_BASE_URL].every(isLoopback),
    sentence: () =>
      "INNGEST_DEV switches signatures off, so it is for one machine alone: the dev server, HOST and HOLDPOINT_BASE_URL must all be " +
      "on 127.0.0.1. Take INNGEST_DEV away and set INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY instead.",
  },
  {
    broken: (variables, { kind }) => kind === "embedded" && variables.HOLDPOINT_ROLE !== "all",
    sentence: ({ HOLDPOINT_ROLE }) =>
      `HOLDPOINT_ROLE is "${HOLDPOINT_ROLE}", which needs a real Inngest server: set INNGEST_BASE_URL, INNGEST_EVENT_KEY and ` +
      "INNGEST_SIGNING_KEY, or leave HOLDPOINT_ROLE out to run everything on this machine.",
  },
  {
    broken: (variables, { kind, url }) =>
      kind !== "embedded" &&
      variables.HOLDPOINT_ROLE !== "web" &&
      variables.HOLDPOINT_WORKER_URL === undefined &&
      !isLoopback(url),
    sentence: (_, { url }) =>
      `HOLDPOINT_WORKER_URL is not set; the Inngest server at ${url} must know the address at which it reaches the workers.`,
  },
  {
    broken: ({ HOLDPOINT_STREAMS, HOLDPOINT_STREAMS_PER_ORGANIZATION }) =>
      HOLDPOINT_STREAMS_PER_ORGANIZATION > HOLDPOINT_STREAMS,
    sentence: ({ HOLDPOINT_STREAMS, HOLDPOINT_STREAMS_PER_ORGANIZATION }) =>
      `HOLDPOINT_STREAMS_PER_ORGANIZATION (${String(HOLDPOINT_STREAMS_PER_ORGANIZATION)}) is more than HOLDPOINT_STREAMS ` +
      `(${String(HOLDPOINT_STREAMS)}), which is for all organizations together: set it to that or less.`,
  },
];

export function brokenRules(variables: RuledVariables): string[] {
  const { inngestServer } = variables;
  const server = inngestServer.kind === "embedded" ? { ...inngestServer, url: "" } : inngestServer;
  return rules.filter((rule) => rule.broken(variables, server)).map((rule) => rule.sentence(variables, server));
}
