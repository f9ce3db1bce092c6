import { findInadmissible, maxDataValues, tooMany, type Inadmissible } from "@/core/admissible-json";
import { hasMoreValues } from "@/core/count-json-values";
import type { AppError } from "@/core/errors";
import { spellPath } from "@/core/spell-path";
import { validationFailed } from "./validation-failed";

/** The gate for data from outside: throws a 422 that names the place of what must not come in. `prefix`: where the value stands. */
export function requireAdmissible(value: unknown, prefix = ""): void {
  const problem = findInadmissible(value);
  if (problem !== null) throw refusal(problem, prefix);
}

/** The same for the number of values, before a text is parsed: a parser would make all of them first. */
export function requireFewValues(bytes: Uint8Array): void {
  if (hasMoreValues(bytes, maxDataValues)) throw refusal({ ...tooMany, path: [] }, "");
}

function refusal({ code, message, path }: Inadmissible, prefix: string): AppError {
  return validationFailed([{ code, severity: "error", path: spellPath(path, prefix), message }]);
}
