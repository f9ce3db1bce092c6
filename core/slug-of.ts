/** "Büro Süd" -> "buro-sud": small letters and digits, joined; no longer than `most`, and empty where nothing of a text is left. */
export function slugOf(text: string, joint: "-" | "_" = "-", most = 60): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{M}+/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, joint)
    .slice(0, most)
    .replaceAll(/^[-_]+|[-_]+$/g, "");
}
