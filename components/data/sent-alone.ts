const byItself = "byItself";

/** For a query that is sent by itself, because it takes longer than those beside it: `queryOptions(input, { trpc: sentAlone })`. */
export const sentAlone = { context: { [byItself]: true } };

export function isSentAlone({ context }: { context: Readonly<Record<string, unknown>> }): boolean {
  return context[byItself] === true;
}
