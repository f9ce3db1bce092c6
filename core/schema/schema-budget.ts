/**
 * What checking values against schemas may cost. A few lines of `$ref` can ask for more steps than there are seconds, so every
 * schema that meets a value is a step, and so are a hundred steps of a pattern; what a schema lists (choices, required names) is
 * gone through for each value and costs by its length. Checking is synchronous: the count can live here.
 */
const maxSteps = 80_000;

let open = false;
let remaining = 0;

/** Thrown by whatever goes on after the budget is used up. Allocated once: it is raised again at every later step. */
export const tooMuchToCheck = new Error("it asks for more checks than are made at once");

/** Runs `check` within one budget; what it calls shares it. `steps` for those who keep others waiting meanwhile. */
export function withinSchemaBudget<T>(check: () => T, steps = maxSteps): T {
  if (open) return check();
  open = true;
  remaining = steps;
  try {
    return check();
  } finally {
    open = false;
  }
}

/** Outside of a budget nothing is counted: whoever only reads a schema pays nothing. */
export function spendSchemaStep(steps = 1): void {
  if (!open) return;
  remaining -= steps;
  if (remaining < 0) throw tooMuchToCheck;
}
