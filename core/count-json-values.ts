const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];
const lastSpace = 0x20;

/**
 * Whether a JSON text (UTF-8) holds more than so many values. Told from its punctuation, ten times as fast as by parsing it: a parser
 * makes all of them first. What is no JSON gets some answer.
 */
export function hasMoreValues(bytes: Uint8Array, most: number): boolean {
  // One value takes two bytes at least: itself and what parts it from the next.
  if (bytes.length <= most) return false;
  let values = 1;
  let isAfterOpening = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte <= lastSpace) continue;
    // The first thing in a list or object is a value; every other one has a comma before it.
    if (isAfterOpening && byte !== closeBrace && byte !== closeBracket) values += 1;
    isAfterOpening = byte === openBrace || byte === openBracket;
    if (byte === comma) values += 1;
    else if (byte === quote) at = endOfText(bytes, at + 1);
    if (values > most) return true;
  }
  return false;
}

/** Where the text that begins here ends. */
function endOfText(bytes: Uint8Array, from: number): number {
  for (let end = bytes.indexOf(quote, from); end >= 0; end = bytes.indexOf(quote, end + 1)) {
    let escapes = 0;
    while (bytes[end - 1 - escapes] === backslash && end - 1 - escapes >= from) escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return bytes.length;
}
