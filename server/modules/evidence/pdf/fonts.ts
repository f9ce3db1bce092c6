import { readFileSync } from "node:fs";
import { join } from "node:path";
import { create, type Font, type Glyph, type Path } from "fontkit";

/** The product's own font in the parts in which it comes, by the letters that they have, and a font of arrows and other signs. Most texts need the first only. */
const files = [
  ...["latin", "latin-ext", "greek", "greek-ext", "cyrillic", "cyrillic-ext", "vietnamese"].map(
    (part) => `@fontsource-variable/inter/files/inter-${part}-wght-normal.woff2`,
  ),
  "@fontsource/noto-sans-math/files/noto-sans-math-latin-400-normal.woff2",
];

let opened: readonly Font[] | undefined;

/** The first that has a letter draws it. */
export function fonts(): readonly Font[] {
  opened ??= files.map(openFont);
  return opened;
}

function openFont(name: string): Font {
  const file = join(process.cwd(), "node_modules", name);
  const font = create(readFileSync(file));
  if (!("createSubset" in font)) throw new Error(`${file} is a collection of fonts`);
  // A glyph keeps the letters for which it was first asked, and parts of others (the dot of an i) are asked for without any: the text
  // could not be copied then.
  for (const codePoint of font.characterSet) font.glyphForCodePoint(codePoint);
  const createSubset = font.createSubset.bind(font);
  // Glyphs are packed in WOFF2, and the library copies them as if they were not: each is written anew from its outline.
  font.createSubset = () => Object.assign(createSubset(), { _addGlyph: addGlyph });
  return font;
}

/** What the library keeps of the font that it makes of the letters that were used. */
interface SubsetState {
  font: Font;
  glyf: Uint8Array[];
  loca: { offsets: number[] };
  hmtx: { metrics: { advance: number; bearing: number }[] };
  offset: number;
}

function addGlyph(this: SubsetState, id: number): number {
  const glyph: Glyph = this.font.getGlyph(id);
  const bytes = outlineBytes(glyph.path);
  this.glyf.push(bytes);
  this.loca.offsets.push(this.offset);
  this.hmtx.metrics.push({ advance: glyph.advanceWidth, bearing: Math.round(glyph.bbox.minX) || 0 });
  this.offset += bytes.length;
  return this.glyf.length - 1;
}

interface Point {
  x: number;
  y: number;
  onCurve: boolean;
}

/** An outline of straight lines and quadratic curves as a simple glyph of a TrueType font. */
function outlineBytes(path: Path): Uint8Array {
  const contours: Point[][] = [];
  for (const { command, args } of path.commands) {
    const [first = 0, second = 0, third = 0, fourth = 0] = args.map(Math.round);
    if (command === "moveTo") contours.push([{ x: first, y: second, onCurve: true }]);
    else if (command === "lineTo") contours.at(-1)?.push({ x: first, y: second, onCurve: true });
    else if (command === "quadraticCurveTo")
      contours.at(-1)?.push({ x: first, y: second, onCurve: false }, { x: third, y: fourth, onCurve: true });
    else if (command !== "closePath") throw new Error(`The font draws with ${command}, which TrueType has not`);
  }
  const points = contours.flat();
  if (points.length === 0) return new Uint8Array(0);
  const size = 10 + contours.length * 2 + 2 + points.length * 5;
  const view = new DataView(new ArrayBuffer(Math.ceil(size / 4) * 4));
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const header = [contours.length, Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  header.forEach((value, index) => view.setInt16(index * 2, value));
  let at = 10;
  let last = -1;
  for (const contour of contours) {
    last += contour.length;
    view.setUint16(at, last);
    at += 2;
  }
  // No instructions.
  at += 2;
  for (const { onCurve } of points) view.setUint8(at++, onCurve ? 1 : 0);
  for (const values of [xs, ys])
    values.forEach((value, index) => {
      view.setInt16(at, value - (values[index - 1] ?? 0));
      at += 2;
    });
  return new Uint8Array(view.buffer);
}
