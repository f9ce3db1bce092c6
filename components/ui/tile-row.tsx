import { TypeTile } from "./type-tile";

/** A step in a list: its tile, what it is called, and a line about it. */
export function TileRow({ icon, color, title, line }: { icon: string; color: string; title: string; line: string }) {
  return (
    <span className="flex items-center gap-2.5">
      <TypeTile icon={icon} color={color} />
      <span className="min-w-0">
        <span className="block truncate text-dense font-medium">{title}</span>
        <span className="block truncate text-label text-ink-2">{line}</span>
      </span>
    </span>
  );
}
