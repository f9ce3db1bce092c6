import { clsx } from "clsx";
import { Icon } from "./icon";

/** The 24 px tile of a step type: the only place where type colours live. */
export function TypeTile({ icon, color, muted = false }: { icon: string; color: string; muted?: boolean }) {
  return (
    <span
      aria-hidden
      className={clsx(
        "inline-flex size-6 shrink-0 items-center justify-center rounded-chip text-tile-ink",
        tiles[color] ?? tiles.other,
        muted && "opacity-60",
      )}
    >
      <Icon name={icon} size={14} />
    </span>
  );
}

const tiles: Record<string, string> = {
  start: "bg-tile-start",
  action: "bg-tile-action",
  llm: "bg-tile-llm",
  condition: "bg-tile-condition",
  loop: "bg-tile-loop",
  output: "bg-tile-output",
  checkpoint: "bg-tile-checkpoint",
  other: "bg-tile-other",
};
