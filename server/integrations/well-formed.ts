/** The text with lone surrogates replaced by U+FFFD, as every UTF-8 encoder does. */
export function wellFormed(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
