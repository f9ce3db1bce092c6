import type { ReactNode } from "react";
import { VisibleText } from "./visible-text";

/** Label and value, set like a ledger. */
export function Facts({ items, dense = false }: { items: { label: string; value: ReactNode }[]; dense?: boolean }) {
  return (
    <dl className="flex flex-col">
      {items.map((item) => (
        <div
          key={item.label}
          className={`flex items-baseline justify-between gap-6 border-b border-hairline last:border-b-0 ${dense ? "py-1.5" : "py-2"}`}
        >
          <dt className="shrink-0 text-dense text-ink-2">{item.label}</dt>
          <dd className="min-w-0 whitespace-pre-line text-right font-medium [overflow-wrap:anywhere]">
            {typeof item.value === "string" ? <VisibleText text={item.value} /> : item.value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
