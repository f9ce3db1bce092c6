import { clsx } from "clsx";
import type { ComponentProps } from "react";

/** A small icon button at the end of a row; always with a label of its own. */
export function RowButton({ className, ...rest }: ComponentProps<"button"> & { "aria-label": string }) {
  return (
    <button
      {...rest}
      type="button"
      title={rest.title ?? rest["aria-label"]}
      className={clsx(
        "inline-flex size-7 shrink-0 items-center justify-center rounded-chip text-ink-2 hover:bg-sunken hover:text-ink aria-pressed:bg-sunken aria-pressed:text-ink max-sm:size-11",
        className,
      )}
    />
  );
}
