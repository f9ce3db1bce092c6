import { clsx } from "clsx";

export interface ButtonLook {
  /** `primary` is the one obvious action of a page; `danger` only inside a dialog that asks. */
  look?: "primary" | "outline" | "quiet" | "danger";
  /** `touch` is 48 px for phones; `dense` 28 px for rows. */
  size?: "dense" | "normal" | "touch";
}

/** Classes of everything that looks like a button, links included. */
export function buttonClass({ look = "outline", size = "normal" }: ButtonLook = {}): string {
  return clsx(
    "inline-flex items-center justify-center gap-2 rounded-control border font-medium whitespace-nowrap select-none transition-colors duration-[120ms]",
    looks[look],
    sizes[size],
  );
}

const looks = {
  primary: "border-ink bg-ink text-ground hover:border-ink-2 hover:bg-ink-2 active:bg-ink",
  outline: "border-control bg-surface text-ink hover:border-ink-2 hover:bg-sunken active:bg-hairline",
  quiet: "border-transparent bg-transparent text-ink-2 hover:bg-sunken hover:text-ink active:bg-hairline",
  danger: "border-failed bg-failed text-surface hover:opacity-90 active:opacity-100",
};

const sizes = {
  dense: "h-7 px-2.5 text-dense",
  normal: "h-9 px-3.5 text-body max-sm:min-h-11",
  touch: "h-12 px-4 text-reading",
};
