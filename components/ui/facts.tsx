import { clsx } from "clsx";
import type { ReactNode } from "react";
import { VisibleText } from "./visible-text";

/** Label and value, one line each: the values stand in a column of their own beside the labels, or at the other end where there is little room. */
export function Facts({ items, dense = false }: { items: { label: string; value: ReactNode }[]; dense?: boolean }) {
  return (
    <dl className="flex flex-col">
      {items.map((item, position) => (
        <div
          key={`${String(position)} ${item.label}`}
          className={clsx(
            "border-b border-hairline last:border-b-0",
            dense
              ? "flex items-baseline justify-between gap-6 py-1.5"
              : "grid grid-cols-[6.5rem_minmax(0,1fr)] items-baseline gap-x-4 py-2 sm:grid-cols-[10rem_minmax(0,1fr)] sm:gap-x-6",
          )}
        >
          <dt className={clsx("text-dense text-ink-2 [overflow-wrap:anywhere]", dense && "shrink-0")}>{item.label}</dt>
          <dd
            className={clsx(
              "min-w-0 font-medium whitespace-pre-line tabular-nums [overflow-wrap:anywhere]",
              dense && "text-right",
            )}
          >
            {typeof item.value === "string" ? <VisibleText text={item.value} /> : item.value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
