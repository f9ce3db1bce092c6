/** What this process and the packages in it read; the rest of the shell's environment is none of their business. */
const ours =
  /^(?:HOLDPOINT_|INNGEST_|NEXTAUTH_|OTEL_|PG|SMTP_|OPENAI_|ANTHROPIC_)|^(?:DATABASE_URL|NODE_ENV|NODE_OPTIONS|HOST|PORT|LOG_LEVEL|PATH|HOME|TZ|TMPDIR|HTTPS?_PROXY|NO_PROXY)$/;

/**
 * The SDK copies `process.env` on every call, and each read of the real one goes through the operating system: a small plain
 * object with the same values costs nothing. Done once, before the SDK is loaded.
 */
export function freezeEnvironment(): void {
  process.env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => ours.test(name)),
  ) as NodeJS.ProcessEnv;
}
