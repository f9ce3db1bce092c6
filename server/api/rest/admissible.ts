import { findInadmissible } from "@/core/admissible-json";
import { formatPath, validationFailed } from "./parse-input";

/** The gate for data from outside: throws a 422 that names the place of what must not come in. `prefix`: where the value stands. */
export function requireAdmissible(value: unknown, prefix = ""): void {
  const problem = findInadmissible(value);
  if (problem === null) return;
  const { code, message } = problem;
  throw validationFailed([{ code, severity: "error", path: formatPath(problem.path, prefix), message }]);
}
