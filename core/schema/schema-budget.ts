/**
 * What checking values against schemas may cost. A few lines of `$ref` can ask for more steps than there are seconds, so every
 * schema that meets a value is a step, and so are a hundred steps of a pattern. Checking is synchronous: the count can live here.
 */
const maxSteps = 80_000;

let open = false;
let remaining = 0;

/** Thrown by whatever goes on after the budget is used up. Allocated once: it is raised again at every later step. */
export const tooMuchToCheck = new Error("it asks for more checks than are made at once");

/** Runs `check` within one budget; what it calls shares it. */
export function withinSchemaBudget<T>(check: () => T): T {
  if (open) return check();
  open = true;
  remaining = maxSteps;
  try {
    return check();
  } finally {
    open = false;
  }
}

/** Outside of a budget nothing is counted: whoever only reads a schema pays nothing. */
export function spendSchemaStep(): void {
  if (!open) return;
  remaining -= 1;
  if (remaining < 0) throw tooMuchToCheck;
}
