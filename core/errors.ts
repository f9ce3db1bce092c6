/**
 * The closed list of refusals. One table maps each to its HTTP status; tRPC codes follow from the status.
 * The message says what happened and what to do; it is shown to the caller. Details point at the places.
 */
export const errorStatus = {
  unauthenticated: 401,
  invalid_credentials: 401,
  invalid_signature: 401,
  forbidden: 403,
  missing_scope: 403,
  not_an_assignee: 403,
  requester_cannot_approve: 403,
  /** Whoever would decide, or in whose name it would be, has given a decision that rules this one out. */
  person_has_decided: 403,
  /** A signed-in person must give their password once more, then may do it. */
  password_required: 403,
  not_found: 404,
  method_not_allowed: 405,
  invalid_json: 400,
  bad_request: 400,
  conflict: 409,
  idempotency_key_reused: 409,
  id_reused: 409,
  slug_taken: 409,
  workflow_not_published: 409,
  workflow_disabled: 409,
  workflow_retired: 409,
  workflow_draft: 409,
  workflow_has_open_runs: 409,
  concurrency_limit: 409,
  review_required: 409,
  connection_in_use: 409,
  invalid_run_state: 409,
  approval_already_decided: 409,
  waitpoint_already_resolved: 409,
  /** A webhook or an intake form that its workflow has no longer. */
  trigger_removed: 410,
  precondition_failed: 412,
  payload_too_large: 413,
  unsupported_media_type: 415,
  validation_failed: 422,
  unknown_parameter: 422,
  publish_blocked: 422,
  comment_required: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

export interface ErrorDetail {
  code: string;
  severity?: "error" | "warning";
  path: string;
  message: string;
}

/** A refusal that the caller may see. Anything else that is thrown is a bug and answers 500 without its message. */
export class AppError extends Error {
  override readonly name = "AppError";
  /** What does not say how grave it is, is what the refusal is about. */
  readonly details: readonly Required<ErrorDetail>[];
  constructor(
    readonly code: ErrorCode,
    message: string,
    details: readonly ErrorDetail[] = [],
    /** Extra fields of the error object, e.g. `decided_by`. */
    readonly extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.details = details.map((detail) => ({ severity: "error", ...detail }));
  }

  get status(): number {
    return errorStatus[this.code];
  }
}
