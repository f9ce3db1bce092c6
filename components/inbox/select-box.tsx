"use client";
import { clsx } from "clsx";

export interface Selecting {
  checked: boolean;
  /** Something is selected: every box that can join shows. */
  active: boolean;
  onToggle: (how: { range: boolean }) => void;
}

/** Selects a card beside others. Shown when the card is pointed at or has the focus, and always where there is no pointer. */
export function SelectBox({ headline, selecting }: { headline: string; selecting: Selecting }) {
  const { checked, active, onToggle } = selecting;
  return (
    <label
      className={clsx(
        "absolute top-1 left-1 flex size-10 cursor-pointer items-center justify-center",
        !checked &&
          !active &&
          "opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 [@media(hover:none)]:opacity-100",
      )}
    >
      <input
        type="checkbox"
        aria-label={`Select “${headline}”`}
        checked={checked}
        onChange={() => undefined}
        onClick={(event) => onToggle({ range: event.shiftKey })}
        className="size-[18px] accent-ink"
      />
    </label>
  );
}
