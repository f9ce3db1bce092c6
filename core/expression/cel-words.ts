/**
 * What the library finds, by its codes, in our words: its own are those of a parser. Where a text stands, `{at}` is what the expression
 * says there.
 */
const parserWords: Readonly<Partial<Record<string, string>>> = {
  unterminated_string: "a text begins here and has no closing quote",
  unterminated_triple_quoted_string: "a text begins here and has no closing quotes",
  newline_in_string: "a text in quotes goes on in the next line. Write \\n for a new line",
  invalid_number: "{at} is no number",
  invalid_exponent: "{at} is no number",
  invalid_integer: "{at} is no number",
  invalid_hex_integer: "{at} is no number",
  reserved_identifier: "{at} is a word of the language and cannot be a name",
  invalid_macro_argument: "a name for each item has to stand first in the brackets, as in list.map(x, x.price)",
};

const tokens: Readonly<Partial<Record<string, string>>> = {
  RPAREN: ")",
  RBRACKET: "]",
  RBRACE: "}",
  LPAREN: "(",
  COLON: ":",
  COMMA: ",",
};

/** Half a sentence about what cannot be read; `at` is the text at its place, empty at the end. */
export function parserSentence(code: string, summary: string, at: string): string {
  const [, expected = ""] = /^Expected (\w+), got/.exec(summary) ?? [];
  if (code === "expected_token")
    return tokens[expected] === undefined ? "a name is missing" : `\`${tokens[expected]}\` is missing`;
  const known = parserWords[code] ?? (/escape|surrogate/.test(code) ? escapeWords : null);
  if (known !== null) return known.replace("{at}", `\`${at}\``);
  return at === "" ? "it ends before it is complete" : `\`${at}\` cannot stand there`;
}

const escapeWords = "\\ has a meaning in texts. Write \\\\ for the character itself";

const evaluatorWords: Readonly<Partial<Record<string, string>>> = {
  modulo_by_zero: "{at} divides by zero. Test the divisor first.",
  numeric_overflow: "{at} gives a number that is too large.",
  invalid_condition_type: "{at} has to be true or false for each item.",
  cannot_index_type: "{at} reads a part of something that has no parts.",
  invalid_index_type: "{at} needs a whole number for the place in a list, and a text for a name.",
  invalid_comprehension_range: "{at} is no list. What goes through items needs a list.",
  invalid_logical_operand: "{at} combines values with && or || that are not true or false.",
  bool_conversion_error: "{at} gets a text that is neither true nor false.",
  double_conversion_error: "{at} gets a text that is no number. Give a fallback with default(…), or test it first.",
  int_conversion_error: "{at} gets a value that is no whole number.",
  uint_conversion_error: "{at} gets a value that is no whole number.",
  invalid_duration: '{at} gets a text that is no duration. Write it like "90s" or "1h30m".',
  invalid_timestamp: "{at} gets a value that is no time. Write it like 2027-01-31T09:00:00Z.",
  invalid_regular_expression: "{at} has a pattern that cannot be read.",
  index_out_of_range: "{at} looks outside of the text.",
  invalid_list_element_type: "{at} takes a list of texts.",
  optional_expected: "{at} needs a value that may be missing, such as input.?name.",
  invalid_optional_argument: "{at} needs a value that may be missing, such as input.?name.",
};

/** Errors that this folder makes itself: their words are ours. */
const ownCodes: ReadonlySet<string> = new Set(["bad_operands", "bad_condition", "bad_address"]);

/** A sentence about what cannot be checked or evaluated; `at` is the part of the expression, empty where it is not known. */
export function evaluatorSentence(code: string, summary: string, at: string): string {
  const place = at === "" ? "The expression" : `\`${at}\``;
  if (ownCodes.has(code)) return `${summary}${at === "" ? "" : ` in ${place}`}.`;
  return (evaluatorWords[code] ?? "{at} does not work with these values. Check what it is given.").replace(
    "{at}",
    place,
  );
}
