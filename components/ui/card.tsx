import { clsx } from "clsx";
import type { ComponentProps } from "react";
import { toneBar, type Tone } from "./tone";

interface CardProps extends ComponentProps<"div"> {
  /** Draws the status bar at the left edge. */
  bar?: Tone;
}

export function Card({ bar, className, ...rest }: CardProps) {
  return (
    <div
      {...rest}
      className={clsx(
        "relative rounded-card border border-hairline bg-surface",
        bar && "overflow-hidden before:absolute before:inset-y-0 before:left-0 before:w-[3px]",
        bar && toneBar[bar],
        className,
      )}
    />
  );
}
