import { AppError, type ErrorDetail } from "@/core/errors";

/** What is wrong with a request, as its answer says it: the first finding in words, all of them as details. */
export function validationFailed(details: readonly ErrorDetail[]): AppError {
  const first = details[0];
  const where = first === undefined || first.path === "" ? "" : ` at ${first.path}`;
  const more = details.length > 1 ? ` (and ${details.length - 1} more)` : "";
  return new AppError(
    first?.code === "unknown_parameter" ? "unknown_parameter" : "validation_failed",
    `The request is not valid${where}: ${first?.message ?? "see the details"}${more}`,
    details,
  );
}
