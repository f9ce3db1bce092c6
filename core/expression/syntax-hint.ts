/** A way of writing that other languages have: how it shows, what it is here, and what to say. */
interface Habit {
  shows: RegExp;
  /** The text with the habit mended; null when that needs a person. */
  mend(text: string): string | null;
  say: string;
}

const wordAsName =
  /\.\s*(in|if|for|else|import|let|const|return|true|false|null|package|namespace|function|loop|break|continue|void|while|var|as)\b/;

const habits: readonly Habit[] = [
  {
    shows: /\$\{/,
    mend: (text) => /^\s*\$\{([^{}]*)\}\s*$/.exec(text)?.[1]?.trim() ?? null,
    say: "this field is an expression already, so leave out ${ and }",
  },
  {
    shows: /=>/,
    mend: (text) => text.replace(/\(\s*\(?\s*([A-Za-z_]\w*)\s*\)?\s*=>\s*/g, "($1, "),
    say: "give the name and what to do with it, with a comma between",
  },
  { shows: /[=!]==/, mend: (text) => text.replace(/([=!]=)=/g, "$1"), say: "compare with == and !=" },
  { shows: /<>/, mend: (text) => text.replaceAll("<>", "!="), say: "compare with !=" },
  { shows: /(?<![<>=!])=(?!=)/, mend: (text) => text.replace(/(?<![<>=!])=(?!=)/g, "=="), say: "compare with ==" },
  {
    shows: /\?\?/,
    mend: (text) => {
      const [left = "", right = "", ...more] = text.split("??").map((part) => part.trim());
      return more.length > 0 ? null : `default(${left}, ${right})`;
    },
    say: "give a fallback with default(value, fallback)",
  },
  {
    shows: /\?\.(?=[A-Za-z_])/,
    mend: (text) => text.replace(/\?\.(?=[A-Za-z_])/g, ".?"),
    say: "the question mark stands behind the dot",
  },
  {
    shows: wordAsName,
    mend: (text) => text.replaceAll(new RegExp(wordAsName, "g"), "['$1']"),
    say: "this name is a word of the language, so put it in brackets and quotes",
  },
  {
    shows: /\b(and|or)\b/i,
    mend: (text) =>
      text
        .replace(/\s*\band\b\s*/gi, " && ")
        .replace(/\s*\bor\b\s*/gi, " || ")
        .trim(),
    say: "write && for and, || for or",
  },
  { shows: /\bnot\b/i, mend: (text) => text.replace(/\bnot\s+/gi, "!"), say: "write ! for not" },
  { shows: /^\s*if\b/i, mend: () => null, say: "write condition ? one : other" },
];

/**
 * What to write instead, for an expression that cannot be read because it is written as in another language; null when
 * nothing of the kind shows. A correction is shown only when `reads` takes it.
 */
export function syntaxHint(text: string, reads: (text: string) => boolean): string | null {
  const shown = habits.filter(({ shows }) => shows.test(outsideQuotes(text, (code) => code, "")));
  const [first] = shown;
  if (first === undefined) return null;
  let corrected: string | null = text;
  for (const { mend } of shown) corrected = corrected === null ? null : mendOutside(corrected, mend);
  const say = `${first.say.charAt(0).toUpperCase()}${first.say.slice(1)}`;
  return corrected !== null && corrected !== text && reads(corrected) ? `${say}: \`${corrected}\`.` : `${say}.`;
}

/** What stands in quotes is data. Quotes inside a mended part make the part whole again only piece by piece. */
function mendOutside(text: string, mend: Habit["mend"]): string | null {
  const quoted: string[] = [];
  const bare = outsideQuotes(
    text,
    (code) => code,
    (quote) => `\u0001${String(quoted.push(quote) - 1)}\u0001`,
  );
  return mend(bare)?.replace(/\u0001(\d+)\u0001/g, (_mark, index: string) => quoted[Number(index)] ?? "") ?? null;
}

function outsideQuotes(
  text: string,
  code: (part: string) => string,
  quote: string | ((part: string) => string),
): string {
  return text.replace(/("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|[^"']+/g, (part, isQuote: string | undefined) =>
    isQuote === undefined ? code(part) : typeof quote === "string" ? quote : quote(part),
  );
}
