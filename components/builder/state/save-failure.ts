/**
 * What a failed save means for the edits. `refused`: the server read them and will never take them. `signed_out` and
 * `not_allowed`: it would take them from somebody who may; they are kept. `away`: later.
 */
export type SaveFailure = "refused" | "signed_out" | "not_allowed" | "away";

const byStatus: ReadonlyMap<number, SaveFailure> = new Map([
  [400, "refused"],
  [401, "signed_out"],
  [403, "not_allowed"],
  [404, "refused"],
  [413, "refused"],
  [422, "refused"],
]);

export function saveFailure(error: unknown): SaveFailure {
  return byStatus.get(statusOf(error) ?? 0) ?? "away";
}

function statusOf(error: unknown): number | null {
  if (typeof error !== "object" || error === null || !("data" in error)) return null;
  const { data } = error;
  if (typeof data !== "object" || data === null || !("httpStatus" in data)) return null;
  return typeof data.httpStatus === "number" ? data.httpStatus : null;
}
