import { clsx } from "clsx";
import type { ComponentProps } from "react";

/** A ledger of rows between hairlines. */
export function Rows({ className, ...rest }: ComponentProps<"ul">) {
  return <ul {...rest} className={clsx("overflow-hidden rounded-card border border-hairline bg-surface", className)} />;
}

/** At least 52 px. A link inside with `rowLinkClass` makes the whole row lead there. */
export function RowItem({ className, ...rest }: ComponentProps<"li">) {
  return (
    <li
      {...rest}
      className={clsx(
        "relative flex min-h-13 items-center gap-x-4 border-b px-4 py-2.5 transition-colors duration-[120ms] last:border-b-0 hover:bg-sunken",
        className,
      )}
    />
  );
}

export const rowLinkClass =
  "font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-link";
