/**
 * How many of those who are asked decide. `any`: whoever is first. `all`: everybody; one rejection rejects. `count` and `percent`: so many
 * approvals; rejected when they cannot be reached any more. `sequence`: one after the other in the order in which they are named.
 */
export const quorumModes = ["any", "all", "count", "percent", "sequence"] as const;
export type QuorumMode = (typeof quorumModes)[number];

/** What is wrong with how many decide, where `people` references are asked; null where that shows later. `path`: beside `assignTo`. */
export function quorumFaults(
  { mode, n }: { mode: QuorumMode; n?: number | undefined },
  people: number | null,
): { path: "quorum.n" | "assignTo"; message: string }[] {
  const takesNumber = mode === "count" || mode === "percent";
  const fault = (message: string) => ({ path: "quorum.n" as const, message });
  return [
    ...(takesNumber && n === undefined
      ? [
          fault(
            mode === "count"
              ? "Say how many must approve (n), e.g. 2."
              : "Say what share must approve (n), in percent, e.g. 50.",
          ),
        ]
      : []),
    ...(!takesNumber && n !== undefined
      ? [fault(`A number of people (n) belongs to the modes "count" and "percent". Remove it, or choose one of them.`)]
      : []),
    ...(mode === "count" && n !== undefined && (!Number.isInteger(n) || n > 100)
      ? [fault("Give a whole number of people from 1 to 100.")]
      : []),
    ...(mode === "percent" && n !== undefined && n > 100 ? [fault("Give a share from 1 to 100 percent.")] : []),
    ...(mode === "sequence" && people === 1
      ? [
          {
            path: "assignTo" as const,
            message: "One after the other needs several to ask. Name them in order in assignTo, or let one decide.",
          },
        ]
      : []),
  ];
}
