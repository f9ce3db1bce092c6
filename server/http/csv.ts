/** One line of a CSV file (RFC 4180), with its end. */
export function csvLine(values: readonly (string | null)[]): string {
  return `${values.map((value) => quoted(inert(value ?? ""))).join(",")}\r\n`;
}

/** Spreadsheets calculate what begins like a formula, even in quotes: an apostrophe before it keeps it a text. */
function inert(text: string): string {
  return /^[\s]*[=+\-@\t\r\n|%＝＋－＠]/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n;]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
