import { moneyWords, sumMoney, type Money } from "@/core/card-money";
import type { ManyResult } from "@/core/contracts/decisions";

/** "$3,410.00 in all"; null where no money is named. */
export function totalWords(items: readonly { money: Money | null }[]): string | null {
  const sums = sumMoney(items.flatMap(({ money }) => money ?? []));
  return sums.length === 0 ? null : `${sums.map(moneyWords).join(" and ")} in all`;
}

/** "7 selected · $3,410.00 in all" */
export function selectedWords(items: readonly { money: Money | null }[]): string {
  return [`${String(items.length)} selected`, totalWords(items)].filter((part) => part !== null).join(" · ");
}

/** "6 approved. 1 is kept until more people decide. 2 were not decided." */
export function resultWords(decision: "approved" | "rejected", results: readonly ManyResult[]): string {
  const count = (which: readonly ManyResult["result"][]): number =>
    results.filter(({ result }) => which.includes(result)).length;
  const [decided, voted, refused] = [count(["decided"]), count(["voted"]), count(["already_decided", "refused"])];
  const parts = [
    ...(decided > 0 || voted + refused === 0 ? [`${String(decided)} ${decision}.`] : []),
    ...(voted > 0 ? [`${String(voted)} ${voted === 1 ? "is" : "are"} kept until more people decide.`] : []),
    ...(refused > 0 ? [`${String(refused)} ${refused === 1 ? "was" : "were"} not decided.`] : []),
  ];
  return parts.join(" ");
}
