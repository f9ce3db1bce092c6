import type { ServiceAnswer } from "./service-answer";
import type { StepErrorCode } from "./step-error-codes";

/** How a step failed. */
export interface StepError {
  /** Closed: see `stepErrorCodes`. Codes of connectors and services are in `answer`. */
  code: StepErrorCode;
  message: string;
  /** What `retry.retryOn` compares with; `other` is never retried unless `retryable` says so. */
  class: "5xx" | "4xx" | "timeout" | "network" | "429" | "other";
  /** Overrides the class: false = final, true = may be tried again. */
  retryable?: boolean;
  /** From `Retry-After`, ms. */
  retryAfterMs?: number;
  /** A request may have been received and acted on although no complete answer came. */
  outcomeUnknown?: boolean;
  /** What the service answered, where it did: kept with the step for its error path, not with the run. */
  answer?: ServiceAnswer;
}
