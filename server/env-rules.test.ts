import { describe, expect, test } from "vitest";
import { parseEnvironment } from "./env";

const base = {
  DATABASE_URL: "postgresql://localhost/holdpoint",
  NEXTAUTH_SECRET: "a-secret-that-is-long-enough-for-this-test",
  HOLDPOINT_ENCRYPTION_KEYS: "k1:unused",
};
const keys = { INNGEST_EVENT_KEY: "event-key", INNGEST_SIGNING_KEY: "signkey-prod-0123456789abcdef" };
const parse = (variables: Record<string, string>) => parseEnvironment({ ...base, ...variables });

describe("what drives the runs", () => {
  test.each([
    [{}, { kind: "embedded" }],
    [{ INNGEST_DEV: "0" }, { kind: "embedded" }],
    [{ INNGEST_DEV: "1" }, { kind: "dev", url: "http://localhost:8288" }],
    [{ INNGEST_DEV: "http://127.0.0.1:9000/" }, { kind: "dev", url: "http://127.0.0.1:9000" }],
    [
      { INNGEST_DEV: "0", INNGEST_BASE_URL: "http://127.0.0.1:8288/", ...keys },
      { kind: "self_hosted", url: "http://127.0.0.1:8288" },
    ],
    [
      { HOLDPOINT_WORKER_URL: "https://w.example.com", ...keys },
      { kind: "cloud", url: "https://api.inngest.com" },
    ],
  ])("%j is %j", (variables, expected) => {
    expect(parse(variables).inngestServer).toEqual(expected);
  });
});

describe("several variables together are refused with a sentence", () => {
  const cloud = { ...keys, HOLDPOINT_WORKER_URL: "https://w.example.com" };
  test.each<[string, Record<string, string>, RegExp]>([
    ["Cloud without a signing key", { ...cloud, INNGEST_SIGNING_KEY: "" }, /^INNGEST_SIGNING_KEY is not set; .*\.$/],
    ["Cloud without an event key", { ...cloud, INNGEST_EVENT_KEY: "" }, /^INNGEST_EVENT_KEY is not set; .*\.$/],
    [
      "a server of one's own without keys",
      { INNGEST_BASE_URL: "http://127.0.0.1:8288" },
      /INNGEST_EVENT_KEY is not set.*INNGEST_SIGNING_KEY is not set/,
    ],
    ["a dev server elsewhere", { INNGEST_DEV: "http://10.0.0.5:8288" }, /^INNGEST_DEV switches signatures off/],
    ["M12 a dev server, open to others", { INNGEST_DEV: "1", HOST: "0.0.0.0" }, /^INNGEST_DEV switches signatures off/],
    [
      "M12 a dev server behind a public address",
      { INNGEST_DEV: "1", HOLDPOINT_BASE_URL: "https://holdpoint.example.com" },
      /^INNGEST_DEV switches signatures off/,
    ],
    [
      "a dev server whose base URL is elsewhere",
      { INNGEST_DEV: "true", INNGEST_BASE_URL: "http://inngest.internal:8288" },
      /^INNGEST_DEV switches signatures off/,
    ],
    [
      "C1 the demo at an address that others can reach",
      { HOLDPOINT_DEMO: "on", HOLDPOINT_BASE_URL: "https://holdpoint.example.com" },
      /^HOLDPOINT_DEMO is "on", but the demo is for this machine alone: .*holdpoint\.example\.com.* Set HOLDPOINT_DEMO=off/,
    ],
    [
      "C1 the demo on every network",
      { HOLDPOINT_DEMO: "on", HOST: "0.0.0.0", HOLDPOINT_BASE_URL: "http://127.0.0.1:3000" },
      /^HOLDPOINT_DEMO is "on", but the demo is for this machine alone: HOST \(0\.0\.0\.0\)/,
    ],
    [
      "C1 the demo with sign-ins at an address that others can reach",
      {
        HOLDPOINT_DEMO: "on",
        HOLDPOINT_BASE_URL: "http://127.0.0.1:3000",
        NEXTAUTH_URL: "https://holdpoint.example.com",
      },
      /^HOLDPOINT_DEMO is "on"/,
    ],
    ["a dev server that is no address", { INNGEST_DEV: "yes" }, /^INNGEST_DEV must be 1, 0 or/],
    ["a part of an installation without a server", { HOLDPOINT_ROLE: "worker" }, /needs a real Inngest server/],
    ["Cloud without the workers' address", keys, /^HOLDPOINT_WORKER_URL is not set; .*must know the address/],
    [
      "a server on another machine without the workers' address",
      { ...keys, INNGEST_BASE_URL: "http://inngest.internal:8288", HOLDPOINT_ROLE: "worker" },
      /^HOLDPOINT_WORKER_URL is not set/,
    ],
    [
      "L15 more streams of one organization than of all",
      { HOLDPOINT_STREAMS: "100" },
      /^HOLDPOINT_STREAMS_PER_ORGANIZATION \(500\) is more than HOLDPOINT_STREAMS \(100\)/,
    ],
    ["a role that does not exist", { HOLDPOINT_ROLE: "both" }, /^HOLDPOINT_ROLE must be "web", "worker" or "all"\.$/],
  ])("%s", (_, variables, sentence) => {
    expect(() => parse(variables)).toThrow(sentence);
  });

  test("a web machine need not know where the workers are", () => {
    const variables = { ...keys, INNGEST_BASE_URL: "http://inngest.internal:8288", HOLDPOINT_ROLE: "web" };
    expect(parse(variables).HOLDPOINT_ROLE).toBe("web");
  });
});
