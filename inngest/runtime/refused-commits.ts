import type { StepOutcome } from "@/core/ports";

/** PostgreSQL refuses the content itself (class 22: data exceptions). Trying again cannot help. */
export function isRefusedContent(error: unknown): boolean {
  return sqlState(error)?.startsWith("22") === true;
}

/** What a step fails with then: nothing of what it said can be kept. */
export const unstorable: StepOutcome = {
  kind: "failed",
  error: {
    code: "unstorable_output",
    message:
      "The step ended, but its result holds text or numbers that cannot be stored. Check what the service answers, or choose fewer fields of it.",
    class: "other",
    retryable: false,
  },
};

function sqlState(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
