/** What can say whether it draws a letter. */
interface LetterSource {
  hasGlyphForCodePoint(codePoint: number): boolean;
}

/** Pieces of a text, each with the place of the font that draws it. */
export interface TextRun {
  font: number;
  text: string;
}

/**
 * A text in pieces by the first font that has their letters. A letter that none has is told by its number, "[U+5F20]", so that nothing
 * gets lost; what draws nothing by itself is left out.
 */
export function textRuns(text: string, fonts: readonly LetterSource[]): TextRun[] {
  const runs: TextRun[] = [];
  for (const letter of text
    .normalize("NFC")
    .replaceAll(/[\t\r\n\u2028\u2029]+/gu, " ")
    .replaceAll(invisible, "")) {
    const found = fonts.findIndex((font) => font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0));
    const piece: TextRun = found < 0 ? { font: 0, text: numberOf(letter) } : { font: found, text: letter };
    const last = runs.at(-1);
    // Spaces and signs stay with the word that they follow.
    const keeps = last && (fonts[last.font]?.hasGlyphForCodePoint(piece.text.codePointAt(0) ?? 0) ?? false);
    if (last && (last.font === piece.font || (keeps && found >= 0))) last.text += piece.text;
    else runs.push(piece);
  }
  return runs;
}

/** Controls, marks of direction and joiners. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Variation_Selector}]/gu;

function numberOf(letter: string): string {
  return `[U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;
}
