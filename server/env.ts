import { z } from "zod";
import { limitVariables } from "./env-limits";
import { brokenRules } from "./env-rules";
import { isHardToGuess } from "./hard-to-guess";
import { inngestServerOf } from "./inngest-server";

/**
 * Every environment variable the product reads, by its own name. Generated secrets come as variables from `npm start`,
 * which keeps them in the data folder; here only their presence is checked.
 */
const environmentSchema = z
  .object({
    NODE_ENV: z.enum(["production", "development", "test"]).default("production"),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgresql:// address" }),
    HOST: z.string().min(1).default("127.0.0.1"),
    PORT: z.coerce.number({ error: "must be a port number" }).int().min(0).max(65_535).default(3000),
    HOLDPOINT_BASE_URL: z.url({ protocol: /^https?$/, error: "must be an http(s):// address" }).optional(),
    HOLDPOINT_DATA_DIR: z.string().min(1).default(".data"),
    HOLDPOINT_DEMO: onOff("off"),
    HOLDPOINT_DEV_KIT: onOff("off"),
    HOLDPOINT_VERSION: z.string().default("0.0.0"),
    HOLDPOINT_ROLE: z.enum(["all", "web", "worker"], { error: 'must be "web", "worker" or "all"' }).default("all"),
    /** Where the worker listens for a real Inngest server; the embedded executor needs no port. */
    HOLDPOINT_WORKER_PORT: z.coerce.number({ error: "must be a port number" }).int().min(0).max(65_535).default(3001),
    /** Where that server reaches the workers. */
    HOLDPOINT_WORKER_URL: z.url({ protocol: /^https?$/, error: "must be an http(s):// address" }).optional(),
    /** Connections of one process for its hot path; Prisma takes up to eight more. */
    HOLDPOINT_DATABASE_CONNECTIONS: z.coerce.number({ error: "must be a number" }).int().min(5).max(500).default(10),
    /** A label for logs; several workers may have the same. */
    HOLDPOINT_WORKER_NAME: z.string().min(1).max(100).default("worker"),
    /** How long a worker that stops waits for steps under way; what has not ended by then is repeated by the next one. */
    HOLDPOINT_STOP_GRACE_SECONDS: z.coerce
      .number({ error: "must be a number of seconds" })
      .int("must be a whole number of seconds")
      .min(0, "must be 0 or more")
      .max(3_600, "must be at most 3600")
      .default(10),
    /** `npm start` gives it to a worker whose predecessor crashed or hung: that one's pid. */
    HOLDPOINT_FAULTY_PID: z.coerce.number().int().optional(),
    /** How long a worker may be silent before others take over what it was doing. */
    HOLDPOINT_WORKER_SILENT_SECONDS: z.coerce
      .number({ error: "must be a number of seconds" })
      .int("must be a whole number of seconds")
      .min(2, "must be 2 or more")
      .max(600, "must be at most 600")
      .default(10),
    /** `id:base64,id2:base64`; read and checked by the key ring. */
    HOLDPOINT_ENCRYPTION_KEYS: z.string().min(1),
    /** How many proxies of one's own stand before the web process, each adding to X-Forwarded-For. */
    HOLDPOINT_TRUSTED_PROXIES: z.coerce
      .number({ error: "must be a number of proxies, 0 to 10" })
      .int()
      .min(0)
      .max(10)
      .default(0),
    /** `host[:port],…` under which the web process and a worker's port may be called, beside their own addresses. */
    HOLDPOINT_ALLOWED_HOSTS: z.string().default(""),
    HOLDPOINT_ALLOW_PRIVATE_HOSTS: z.string().default(""),
    ...limitVariables,
    NEXTAUTH_SECRET: z
      .string()
      .min(32, { error: "must have at least 32 characters", abort: true })
      .refine(isHardToGuess, 'is easy to guess; take the output of "openssl rand -base64 32"'),
    NEXTAUTH_URL: z.url({ protocol: /^https?$/, error: "must be an http(s):// address" }).optional(),
    INNGEST_BASE_URL: z.url({ protocol: /^https?$/, error: "must be an http(s):// address" }).optional(),
    INNGEST_EVENT_KEY: z.string().min(1).optional(),
    INNGEST_SIGNING_KEY: z.string().min(1).optional(),
    INNGEST_DEV: z.string().optional(),
    SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be an smtp:// or smtps:// address" }).optional(),
    SMTP_FROM: z.string().min(3).default("Holdpoint <no-reply@holdpoint.test>"),
    OPENAI_API_KEY: z.string().min(1).optional(),
    OPENAI_BASE_URL: z.url({ protocol: /^https?$/, error: "must be an http(s):// address" }).optional(),
    ANTHROPIC_API_KEY: z.string().min(1).optional(),
    OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/, error: "must be an http(s):// address" }).optional(),
    LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  })
  .transform(({ HOLDPOINT_BASE_URL, ...rest }) => ({
    ...rest,
    /** Own public address, without a slash at the end. */
    HOLDPOINT_BASE_URL: (HOLDPOINT_BASE_URL ?? rest.NEXTAUTH_URL ?? `http://127.0.0.1:${rest.PORT}`).replace(
      /\/+$/,
      "",
    ),
    inngestServer: inngestServerOf(rest),
  }))
  .superRefine((variables, context) => {
    for (const message of brokenRules(variables)) context.addIssue({ code: "custom", message });
  });

/** Of every variable that the product reads. */
export const variableNames: readonly string[] = Object.keys(environmentSchema.in.shape);

export type Environment = z.output<typeof environmentSchema>;

let current: Environment | undefined;

/** The checked environment, read once. Throws one sentence per bad variable. */
export function env(): Environment {
  current ??= parseEnvironment(process.env);
  return current;
}

/** Whether the runs are driven in the worker process; else a real Inngest server calls it. */
export function isEmbedded(): boolean {
  return env().inngestServer.kind === "embedded";
}

/** For tests that change `process.env`. */
export function forgetEnv(): void {
  current = undefined;
}

export function parseEnvironment(source: Record<string, string | undefined>): Environment {
  // An empty variable means the same as none: `SMTP_URL= npm start`.
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = environmentSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.map((issue) => {
    const name = issue.path.join(".");
    if (name === "") return issue.message;
    return given[name] === undefined
      ? `${name} is not set; start with "npm start", which sets it.`
      : `${name} ${issue.message}.`;
  });
  throw new Error(sentences.join(" "));
}

function onOff(fallback: "on" | "off") {
  return z
    .enum(["on", "off"], { error: 'must be "on" or "off"' })
    .default(fallback)
    .transform((value) => value === "on");
}
