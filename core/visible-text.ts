/** A piece of a text as people can see it: itself, or the number of a character that nobody would see. */
export type VisiblePiece = { text: string } | { hidden: string };

/** Turns the reading order around (U+202E and its like), or takes no place: zero-width spaces, fillers, tags, marks, controls. */
const unseen =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{1d173}-\u{1d17a}\u{e0000}-\u{e007f}]/gu;

const joins = "\u200d";
const parts = "\u200c";
const emoji = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)$/u;
const pictograph = /^\p{Extended_Pictographic}/u;
/** Letters that take another form beside a joiner; those of Latin, Greek and Cyrillic do not. */
const joining = /(?:(?!\p{Script=Latin}|\p{Script=Greek}|\p{Script=Cyrillic})[\p{L}\p{M}])/u;
const before = new RegExp(`${joining.source}$`, "u");
const after = new RegExp(`^${joining.source}`, "u");
/** A flag of a part of a country: a black flag and the tags that follow it. */
const flag = /\u{1f3f4}[\u{e0020}-\u{e007e}]+\u{e007f}/gu;

/**
 * A text in pieces, so that what cannot be seen is told to whoever decides by it: an account number that is written backwards, a word
 * with a gap of no width. What scripts and emoji need of such characters stays as it is.
 */
export function visiblePieces(text: string): VisiblePiece[] {
  const flags = [...text.matchAll(flag)].map(({ index, 0: found }) => [index, index + found.length] as const);
  const pieces: VisiblePiece[] = [];
  let from = 0;
  for (const { index, 0: found } of text.matchAll(unseen)) {
    if (flags.some(([start, end]) => index > start && index < end) || isNeeded(text, index, found)) continue;
    if (index > from) pieces.push({ text: text.slice(from, index) });
    pieces.push({ hidden: `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}` });
    from = index + found.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

function isNeeded(text: string, index: number, found: string): boolean {
  if (found !== joins && found !== parts) return false;
  const [left, right] = [text.slice(Math.max(0, index - 4), index), text.slice(index + 1, index + 5)];
  if (found === joins && emoji.test(left) && pictograph.test(right)) return true;
  return before.test(left) && after.test(right);
}
