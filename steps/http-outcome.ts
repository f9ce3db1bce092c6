import { asObject, type Json } from "@/core/json";
import type { StepError } from "@/core/engine/protocol";
import type { PlanNode } from "@/core/engine/plan";
import type { HttpResponse, StepOutcome } from "@/core/ports";
import { cutText } from "@/core/storable-text";

const longestRetryAfter = 86_400_000;

/** What a call that gave no complete answer means. An unsafe step never goes on by itself when it may have acted. */
export function callFailed(error: StepError, node: Pick<PlanNode, "repeatable">): StepOutcome {
  if (node.repeatable === "unsafe" && error.outcomeUnknown === true) {
    return {
      kind: "failed",
      reason: "unsafe_unknown_outcome",
      error: {
        ...error,
        retryable: false,
        message: `${error.message} It is not known whether the call took effect; find out at the receiver before going on.`,
      },
    };
  }
  return { kind: "failed", error };
}

/** Null for 2xx; otherwise the error that a status stands for. */
export function statusError(response: HttpResponse, now: number): StepError | null {
  const { status } = response;
  if (status >= 200 && status < 300) return null;
  const said = whatItSaid(response.body);
  const message = `The service answered ${String(status)}${said === "" ? "" : `: ${said}`}`;
  if (status >= 300 && status < 400) {
    return {
      code: "http_3xx",
      class: "other",
      retryable: false,
      message: `The service answered ${String(status)} and redirects are not followed. Use the address it moved to.`,
    };
  }
  const wait = retryAfter(response.headers["retry-after"], now);
  const later = wait === null ? {} : { retryAfterMs: wait };
  if (status === 429) return { code: "http_429", class: "429", message, ...later };
  if (status >= 500) return { code: "http_5xx", class: "5xx", message, ...later };
  return { code: "http_4xx", class: "4xx", message, ...later };
}

/** Seconds or an HTTP date, ms from now. */
function retryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), longestRetryAfter);
}

/** The sentence that services put into their errors, where there is one. */
function whatItSaid(body: Json): string {
  const { error, message, detail } = asObject(body);
  const candidates = [error, asObject(error)["message"], message, detail, body];
  const found = candidates.find((candidate) => typeof candidate === "string" && candidate !== "");
  return typeof found === "string" ? cutText(found.replace(/\s+/g, " "), 200) : "";
}
