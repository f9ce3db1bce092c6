import pino, { type Logger } from "pino";
import { env } from "./env";

let current: Logger | undefined;

/** What happened and where. A lost connection comes with the driver's whole client, which says nothing to anybody. */
export function loggedError(error: Error): object {
  return { ...pino.stdSerializers.err(error), client: undefined };
}

/** The process's log: JSON lines on standard output, secrets left out by name. */
export function logger(): Logger {
  current ??= pino({
    level: env().LOG_LEVEL,
    base: { pid: process.pid },
    serializers: { err: loggedError },
    redact: {
      paths: [
        "authorization",
        "cookie",
        "password",
        "secret",
        "token",
        "apiKey",
        "key",
        "*.authorization",
        "*.cookie",
        "*.password",
        "*.secret",
        "*.token",
        "*.apiKey",
      ],
      censor: "[redacted]",
    },
  });
  return current;
}
