import type { Json } from "@/core/json";
import { coverOf, hiddenMark, type Mask } from "@/server/modules/runs/service";
import { askingRule } from "./asking-rule";
import type { ApprovalRequest } from "./request";

/** What a card says to somebody who is not to decide on it: what comes from something sensitive is hidden by where it comes from. */
export function maskedCard(request: ApprovalRequest, nodeId: string, mask: Mask) {
  const hidden = mask.secrets.steps.get(nodeId)?.hidden;
  const at = (...path: string[]): string | null => coverOf(["input", ...path], hidden);
  const label = at("actionLabel") ?? mask(request.actionLabel);
  const fields = request.fields.map(({ label: name, value }, index) => ({
    label: name,
    value: at("context", "fields", String(index)) ?? mask(value),
  }));
  const { money } = request;
  const isShown = money !== undefined && fields[money.line]?.value === request.fields[money.line]?.value;
  return {
    actionLabel: label,
    headline:
      at("context", "headline") ??
      (request.headline === request.actionLabel ? label : mask(request.headline ?? request.actionLabel)),
    fields,
    countsBy: request.calendar ?? null,
    rule: askingRule(request, mask),
    money: isShown ? { currency: money.currency, amount: money.amount } : null,
    changed: request.changed.map((change) => ({
      ...change,
      was: maskedValue(change.path, change.was, mask),
      now: maskedValue(change.path, change.now, mask),
    })),
  };
}

/** A value that an expression of the run gave. */
export function maskedValue<Value extends Json>(path: string, value: Value, mask: Mask): Value | string {
  return mask.secrets.reads(path) ? hiddenMark : mask(value);
}
