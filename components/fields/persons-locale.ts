/** The language in which the reader writes numbers and times. */
export function personsLocale(): string {
  return typeof navigator === "undefined" ? "en" : navigator.language;
}
