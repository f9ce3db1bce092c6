import pino, { type Logger } from "pino";
import { env } from "./env";

let current: Logger | undefined;

/** The process's log: JSON lines on standard output, secrets left out by name. */
export function logger(): Logger {
  current ??= pino({
    level: env().LOG_LEVEL,
    base: { pid: process.pid },
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
