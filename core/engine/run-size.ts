/** A loop in a loop multiplies: more steps than this are no workflow but a mistake, and would hold up everybody else's. */
export const maxStepsPerRun = 50_000;
