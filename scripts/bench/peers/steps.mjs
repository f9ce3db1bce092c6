/** The five steps, each recorded by itself, in the order in which every engine takes them. */
export const stepNames = ["one", "two", "three", "four", "five"];

/** What a step does in each engine: it makes the event that ours emits, and calls nobody. */
export async function emit(step, { amount }) {
  return { event: "bench.step", payload: { step, amount } };
}
