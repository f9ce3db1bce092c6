import { byName, fallback } from "./icon-glyphs";

/** A lucide icon by its kebab-case name. Only those in `icon-glyphs` are sent to the browser; an unknown name draws a box. */
export function Icon({ name, size }: { name: string; size: number }) {
  const Glyph = byName[name] ?? fallback;
  return <Glyph size={size} strokeWidth={2.25} aria-hidden />;
}
