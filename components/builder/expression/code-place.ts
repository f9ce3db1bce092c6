/** Where in a template a position stands. */
export interface TemplatePlace {
  /** Offset after the `${` the position is in; null: between templates, where text stands as it is. */
  inside: number | null;
}

/** Whether a position is inside an open `${`; closed ones and the escaped `$${` do not count. */
export function templatePlace(text: string, position: number): TemplatePlace {
  let inside: number | null = null;
  let depth = 0;
  for (let at = 0; at < position; at += 1) {
    if (inside === null) {
      if (text.startsWith("$${", at)) at += 2;
      else if (text.startsWith("${", at) && at + 2 <= position) {
        inside = at + 2;
        depth = 0;
        at += 1;
      }
      continue;
    }
    if (text[at] === "{") depth += 1;
    else if (text[at] === "}" && depth > 0) depth -= 1;
    else if (text[at] === "}") inside = null;
  }
  return { inside };
}

/** How a path is written where the cursor stands: bare in an expression, wrapped in a template. */
export function writtenPath(
  language: "expression" | "template" | "json",
  text: string,
  at: number,
  path: string,
): string {
  if (language === "expression" || templatePlace(text, at).inside !== null) return path;
  const slot = `\${${path}}`;
  // In JSON a template lives in a text: outside one it brings its quotes.
  return language === "json" && !isInsideQuotes(text, at) ? JSON.stringify(slot) : slot;
}

function isInsideQuotes(text: string, position: number): boolean {
  let open = false;
  for (let at = 0; at < position; at += 1) {
    if (text[at] === "\\" && open) at += 1;
    else if (text[at] === '"') open = !open;
  }
  return open;
}
