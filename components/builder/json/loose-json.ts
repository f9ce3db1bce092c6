/** A part of a text that is JSON, or will be when it is finished. `to` is behind its last character. */
export interface LooseNode {
  kind: "object" | "array" | "scalar";
  from: number;
  to: number;
  /** The closing bracket is missing. */
  open: boolean;
  entries: LooseEntry[];
  items: LooseNode[];
  /** Of a text: what it says. */
  text: string | null;
}

export interface LooseEntry {
  key: string;
  keyFrom: number;
  keyTo: number;
  /** Behind the colon; null while there is none. */
  afterColon: number | null;
  value: LooseNode | null;
}

interface Token {
  kind: "string" | "word" | "mark";
  from: number;
  to: number;
  text: string;
}

/** Reads as much structure as there is, whatever is missing or wrong. Null for an empty text. */
export function readLoose(text: string): LooseNode | null {
  const tokens = tokenize(text);
  return tokens.length === 0 ? null : readNode({ tokens, at: 0, end: text.length });
}

interface Reader {
  tokens: Token[];
  at: number;
  end: number;
}

const tokenPattern = /"(?:[^"\\\n]|\\.)*"?|[{}[\]:,]|[^\s"{}[\]:,]+/g;

function tokenize(text: string): Token[] {
  return [...text.matchAll(tokenPattern)].map(({ 0: found, index }) => ({
    kind: found.startsWith('"') ? "string" : /^[{}[\]:,]$/.test(found) ? "mark" : "word",
    from: index,
    to: index + found.length,
    text: found,
  }));
}

function readNode(reader: Reader): LooseNode {
  const token = reader.tokens[reader.at];
  const from = token?.from ?? reader.end;
  const node: LooseNode = {
    kind: "scalar",
    from,
    to: token?.to ?? from,
    open: false,
    entries: [],
    items: [],
    text: token?.kind === "string" ? saidBy(token.text) : null,
  };
  reader.at += 1;
  if (token?.text === "{") return readEntries(reader, { ...node, kind: "object" });
  if (token?.text === "[") return readItems(reader, { ...node, kind: "array" });
  return node;
}

function readEntries(reader: Reader, node: LooseNode): LooseNode {
  for (let token = reader.tokens[reader.at]; token; token = reader.tokens[reader.at]) {
    if (token.text === "}") return closed(reader, node, token);
    // The brackets of what is around this one.
    if (token.text === "]") return { ...node, to: token.from, open: true };
    reader.at += 1;
    if (token.kind === "mark") continue;
    const colon = reader.tokens[reader.at];
    const entry: LooseEntry = {
      key: token.kind === "string" ? saidBy(token.text) : token.text,
      keyFrom: token.from,
      keyTo: token.to,
      afterColon: null,
      value: null,
    };
    node.entries.push(entry);
    if (colon?.text !== ":") continue;
    reader.at += 1;
    entry.afterColon = colon.to;
    if (beginsValue(reader.tokens[reader.at]) && !isNextKey(reader)) entry.value = readNode(reader);
  }
  return { ...node, to: reader.end, open: true };
}

function readItems(reader: Reader, node: LooseNode): LooseNode {
  for (let token = reader.tokens[reader.at]; token; token = reader.tokens[reader.at]) {
    if (token.text === "]") return closed(reader, node, token);
    if (token.text === "}") return { ...node, to: token.from, open: true };
    if (beginsValue(token)) node.items.push(readNode(reader));
    else reader.at += 1;
  }
  return { ...node, to: reader.end, open: true };
}

function closed(reader: Reader, node: LooseNode, token: Token): LooseNode {
  reader.at += 1;
  return { ...node, to: token.to };
}

function beginsValue(token: Token | undefined): boolean {
  return token !== undefined && (token.kind !== "mark" || token.text === "{" || token.text === "[");
}

/** `"a": "b": 1`: the value of `a` is still missing. */
function isNextKey({ tokens, at }: Reader): boolean {
  return tokens[at]?.kind === "string" && tokens[at + 1]?.text === ":";
}

function saidBy(literal: string): string {
  const ended = literal.length > 1 && literal.endsWith('"') ? literal : `${literal}"`;
  try {
    const value: unknown = JSON.parse(ended);
    return typeof value === "string" ? value : literal;
  } catch {
    return literal.replaceAll('"', "");
  }
}
