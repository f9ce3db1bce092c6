import type { Json } from "@/core/json";

/** The subset of CEL that Inngest accepts in cancelOn and waits: comparisons, `&& || ! in ?:`, literals and paths. */
export type Condition =
  | { op: "literal"; value: Json }
  | { op: "list"; items: Condition[] }
  | { op: "path"; root: "event" | "async"; path: (string | number)[] }
  | { op: "not"; of: Condition }
  | { op: "choose"; test: Condition; then: Condition; otherwise: Condition }
  | { op: "and" | "or" | Comparison; left: Condition; right: Condition };

type Comparison = "==" | "!=" | "<" | "<=" | ">" | ">=" | "in";

const tokenPattern =
  /\s*(?:(\d+(?:\.\d+)?)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([A-Za-z_][A-Za-z0-9_]*)|(==|!=|<=|>=|&&|\|\||[<>!?:()[\],.-]))/y;
const words: Record<string, Json> = { true: true, false: false, null: null };
const comparisons = new Set<string>(["==", "!=", "<", "<=", ">", ">=", "in"]);

type Token = { kind: "number" | "text" | "word" | "mark"; text: string };

/** Reads a condition; throws an Error that names the place for anything outside the subset. */
export function parseCondition(source: string): Condition {
  const tokens = tokenize(source);
  let at = 0;
  const peek = (): string => tokens[at]?.text ?? "";
  const refuse = (): never => {
    throw new Error(
      `The condition \`${source}\` cannot be used here: unexpected \`${peek() || "end"}\`. Use comparisons of event.… and async.… with && || ! in ?: only.`,
    );
  };
  const isMark = (text: string): boolean => tokens[at]?.kind === "mark" && peek() === text;
  const accept = (text: string): boolean => isMark(text) && ((at += 1), true);
  const expect = (text: string): void => {
    if (!accept(text)) refuse();
  };

  function choice(): Condition {
    const test = either();
    if (!accept("?")) return test;
    const then = choice();
    expect(":");
    return { op: "choose", test, then, otherwise: choice() };
  }
  function either(): Condition {
    let left = both();
    while (accept("||")) left = { op: "or", left, right: both() };
    return left;
  }
  function both(): Condition {
    let left = comparison();
    while (accept("&&")) left = { op: "and", left, right: comparison() };
    return left;
  }
  function comparison(): Condition {
    let left = unary();
    while (comparisons.has(peek()) && tokens[at]?.kind !== "text") {
      // Checked against the set of comparisons just above.
      const op = peek() as Comparison;
      at += 1;
      left = { op, left, right: unary() };
    }
    return left;
  }
  function unary(): Condition {
    if (accept("!")) return { op: "not", of: unary() };
    if (accept("-"))
      return tokens[at]?.kind === "number" ? { op: "literal", value: -Number(tokens[at++]?.text) } : refuse();
    return primary();
  }
  function primary(): Condition {
    if (accept("(")) {
      const inner = choice();
      expect(")");
      return inner;
    }
    if (accept("[")) return { op: "list", items: list() };
    const token = tokens[at];
    if (!token || token.kind === "mark") return refuse();
    if (token.kind === "word" && !(token.text in words)) return path(token.text);
    at += 1;
    if (token.kind === "number") return { op: "literal", value: Number(token.text) };
    return { op: "literal", value: token.kind === "text" ? unquote(token.text) : (words[token.text] ?? null) };
  }
  function list(): Condition[] {
    const items: Condition[] = [];
    while (!accept("]")) {
      items.push(choice());
      if (!isMark("]")) expect(",");
    }
    return items;
  }
  function path(root: string): Condition {
    if (root !== "event" && root !== "async") return refuse();
    at += 1;
    const steps: (string | number)[] = [];
    for (;;) {
      if (accept(".")) {
        if (tokens[at]?.kind !== "word") return refuse();
        steps.push(tokens[at++]?.text ?? "");
      } else if (accept("[")) {
        const token = tokens[at++];
        if (token?.kind === "number") steps.push(Number(token.text));
        else if (token?.kind === "text") steps.push(unquote(token.text));
        else return refuse();
        expect("]");
      } else {
        return { op: "path", root, path: steps };
      }
    }
  }

  const result = choice();
  return at < tokens.length ? refuse() : result;
}

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(tokenPattern);
  const end = source.trimEnd().length;
  while (pattern.lastIndex < end) {
    const start = pattern.lastIndex;
    const match = pattern.exec(source);
    if (!match) throw new Error(`The condition \`${source}\` cannot be read at position ${start}.`);
    const [, number, text, word, mark] = match;
    if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (text !== undefined) tokens.push({ kind: "text", text });
    else if (word !== undefined) tokens.push({ kind: word === "in" ? "mark" : "word", text: word });
    else tokens.push({ kind: "mark", text: mark ?? "" });
  }
  return tokens;
}

const escapes: Record<string, string> = { n: "\n", t: "\t", r: "\r" };

function unquote(text: string): string {
  return text
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, unicode: string | undefined, character: string | undefined) =>
      unicode === undefined
        ? (escapes[character ?? ""] ?? character ?? "")
        : String.fromCharCode(Number.parseInt(unicode, 16)),
    );
}
