/** Mean something after a backslash: left as they are. */
const needed = /^[A-Za-z0-9^$\\.*+?()[\]{}|/]$/;
/** Without its backslash, such a character could become part of `(?:`, `(?=`, `(?<` or `{2,3}`. */
const binding = /^[,:=!<>]$/;

/**
 * A pattern without backslashes before characters that need none, such as `\-` and `\@`: many dialects allow them, the Unicode
 * mode of JavaScript does not. The pattern means the same.
 */
export function withoutHarmlessEscapes(source: string): string {
  let isClass = false;
  return source.replace(/\\([\s\S])|[[\]]/g, (text, escaped: string | undefined) => {
    if (escaped === undefined) {
      isClass = text === "[";
      return text;
    }
    if (needed.test(escaped) || (isClass && escaped === "-")) return text;
    if (!isClass && binding.test(escaped)) return `\\x${escaped.charCodeAt(0).toString(16)}`;
    return escaped;
  });
}

/** Why JavaScript refuses a pattern, in words for its author. */
export function brokenPatternWords(error: unknown): string {
  const message = error instanceof Error ? error.message : "";
  return reasons.find(([engine]) => message.includes(engine))?.[1] ?? "has a part that cannot be read";
}

const reasons: readonly (readonly [engine: string, words: string])[] = [
  ["Unterminated group", 'opens a bracket "(" that is not closed'],
  ["Unterminated character class", 'opens a bracket "[" that is not closed'],
  ["Unmatched ')'", 'closes a bracket ")" that is not open'],
  ["Lone quantifier", 'has a "{", "}" or "]" on its own; as a plain character write it with a backslash, such as \\{'],
  ["Incomplete quantifier", 'has a "{" that is not closed; as a plain character write \\{'],
  ["Nothing to repeat", 'has a "*", "+" or "?" with nothing before it; as a plain character write it with a backslash'],
  ["numbers out of order", "has a range such as {3,1} whose first number is larger"],
  ["Range out of order", "has a range such as [z-a] that runs backwards"],
  ["Invalid character class", "has a range in [ ] that does not go from one character to another"],
  ["Invalid property name", "names a kind of characters in \\p{ } that does not exist"],
  ["at end of pattern", "ends in a backslash"],
  ["Invalid group", 'has a "(?" that is followed by nothing known'],
  ["scape", "has a backslash before a letter or digit that means nothing there"],
];
