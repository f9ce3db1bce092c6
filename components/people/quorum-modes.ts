import type { QuorumMode } from "@/core/quorum";

/** How many of those who are asked decide, as somebody chooses it. */
export const quorumModeWords: Readonly<Record<QuorumMode, string>> = {
  any: "One: whoever answers first decides",
  all: "Everybody: one rejection rejects",
  count: "At least so many must approve",
  percent: "A share of them must approve",
  sequence: "One after the other, in this order",
};
