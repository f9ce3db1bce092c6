import fc from "fast-check";

/** Texts with what databases and encoders trip over: emoji, halves of them, NUL, quotes, line ends. */
export const awkwardText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom("a", "é", "😀", "\ud83d", "\ude00", "\u0000", '"', "\\", "\n", "𝒳", ","), { maxLength: 8 })
  .map((parts) => parts.join(""));

/** Expressions over `trigger.a`, `trigger.b` (texts), `trigger.n` (a number) and `trigger.m` (an object). */
export const textExpressions: readonly string[] = [
  "trigger.a",
  "trigger.a + trigger.b",
  "trigger.a.substring(trigger.n)",
  "trigger.a.substring(0, trigger.n)",
  "split(trigger.a, '')",
  "trigger.a.split('')",
  "split(trigger.a, trigger.b)",
  "trigger.a.split(trigger.b, 2)",
  "join(split(trigger.a, ''), trigger.b)",
  "lower(trigger.a) + upper(trigger.b)",
  "trim(trigger.a)",
  "format('{0}{1}', [trigger.a, trigger.b])",
  "format('{x}', {'x': trigger.a})",
  "json(trigger.m)",
  "json(trigger.a)",
  "base64(trigger.a)",
  "bytes(trigger.a)",
  "string(bytes(trigger.a))",
  "trigger.m",
  "{trigger.a: trigger.b}",
  "[trigger.a, {trigger.b: trigger.m}]",
  "split(trigger.a, '').map(x, x + trigger.b)",
  "sort(split(trigger.a, ''))",
  "unique(split(trigger.a + trigger.b, ''))",
  "max(trigger.a, trigger.b)",
  "trigger.a.lastIndexOf(trigger.b)",
  "'\\u0000\\ud83d' + trigger.a",
  "trigger[trigger.a]",
  "number(trigger.a)",
  "date(trigger.a)",
  "trigger.a.matches(trigger.b)",
  "coalesce(trigger.zz, trigger.a)",
];
