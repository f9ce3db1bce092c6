/** The parts of a time that a pattern can name. */
export interface DateParts {
  year: string;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
  monthName: string;
  weekday: string;
}

const tokens: Readonly<Record<string, (parts: DateParts) => string>> = {
  yyyy: (p) => p.year.padStart(4, "0"),
  yy: (p) => p.year.slice(-2),
  MMMM: (p) => p.monthName,
  MMM: (p) => p.monthName.slice(0, 3),
  MM: (p) => two(p.month),
  M: (p) => String(p.month),
  dd: (p) => two(p.day),
  d: (p) => String(p.day),
  EEEE: (p) => p.weekday,
  EEE: (p) => p.weekday.slice(0, 3),
  HH: (p) => two(p.hour),
  H: (p) => String(p.hour),
  hh: (p) => two(p.hour % 12 || 12),
  h: (p) => String(p.hour % 12 || 12),
  mm: (p) => two(p.minute),
  m: (p) => String(p.minute),
  ss: (p) => two(p.second),
  s: (p) => String(p.second),
  SSS: (p) => String(p.millisecond).padStart(3, "0"),
  a: (p) => (p.hour < 12 ? "AM" : "PM"),
  // Between the day and the time, as ISO-8601 has it.
  T: () => "T",
};

/** What other systems call these. */
const meant: Readonly<Record<string, string>> = {
  YYYY: "yyyy",
  YY: "yy",
  DD: "dd",
  D: "d",
  ddd: "EEE",
  dddd: "EEEE",
  A: "a",
};

/** Text in single quotes stands for itself, `''` for a quote; letters are taken in runs, so that `ddd` is not `dd` and `d`. */
const pieces = /'((?:[^']|'')*)'|([A-Za-z])\2*/g;

export function fillDatePattern(pattern: string, parts: DateParts): string {
  return pattern.replace(pieces, (piece: string, quoted: string | undefined) =>
    quoted === undefined ? (tokenOf(piece)?.(parts) ?? piece) : quoted === "" ? "'" : quoted.replaceAll("''", "'"),
  );
}

/** Why a pattern cannot be used, or null. Letters that mean nothing would stand in the result as they are. */
export function datePatternProblem(pattern: string): string | null {
  for (const [piece, quoted] of pattern.matchAll(pieces)) {
    if (quoted !== undefined || tokenOf(piece) !== undefined) continue;
    const other = Object.hasOwn(meant, piece) ? meant[piece] : undefined;
    return other === undefined
      ? `\`${piece}\` is no part of a date pattern. Use ${Object.keys(tokens).slice(0, -1).join(" ")}, and put text in single quotes, e.g. d MMM yyyy 'at' HH:mm.`
      : `\`${piece}\` is no part of a date pattern. Write \`${other}\`, as in ${pattern.replace(piece, other)}.`;
  }
  return null;
}

function tokenOf(piece: string): ((parts: DateParts) => string) | undefined {
  return Object.hasOwn(tokens, piece) ? tokens[piece] : undefined;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
