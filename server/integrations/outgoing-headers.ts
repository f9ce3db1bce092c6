import { isMachineHeader } from "@/core/connection-headers";

export type OutgoingHeaders =
  | { ok: true; headers: Record<string, string>; warnings: string[] }
  | { ok: false; message: string };

/**
 * The headers of a call, names in small letters: the step's own, and those that are set for it, which win. Whatever is
 * left out of the step's own is said; a character that no header can carry is named.
 */
export function outgoingHeaders(own: Record<string, string>, set: Record<string, string>): OutgoingHeaders {
  const headers = new Map<string, string>();
  const warnings: string[] = [];
  for (const [written, value] of Object.entries(own)) {
    const problem = headerProblem(written, value);
    if (problem !== null) return { ok: false, message: problem };
    const name = written.toLowerCase();
    if (isMachineHeader(name))
      warnings.push(`The header ${written} is set by the connection itself, so the step's own was left out.`);
    else if (Object.hasOwn(set, name)) warnings.push(replacedWords(written, name));
    else headers.set(name, value);
  }
  for (const [name, value] of Object.entries(set)) {
    if (isMachineHeader(name))
      return {
        ok: false,
        message: `The credentials of the connection stand in a header that says where a call goes (${name}), so nothing was sent. Enter them again under another header.`,
      };
    if (headerProblem(name, value) !== null)
      return {
        ok: false,
        message: `The credentials of the connection hold a character that no header can carry (${name}). Enter them again.`,
      };
    headers.set(name, value);
  }
  return { ok: true, headers: Object.fromEntries(headers), warnings };
}

function replacedWords(written: string, name: string): string {
  return name === "idempotency-key"
    ? `The step's own ${written} was left out: Holdpoint sends one that stays the same over all tries of this step.`
    : `The header ${written} comes from the connection's credentials, so the step's own was left out.`;
}

function headerProblem(name: string, value: string): string | null {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
    return `"${name.slice(0, 60)}" cannot be the name of a header. Use letters, digits and hyphens.`;
  const [bad] = /[^\t\u0020-\u007e\u0080-\u00ff]/u.exec(value) ?? [];
  if (bad === undefined) return null;
  const shown = /[\u0000-\u001f\u007f]/.test(bad)
    ? bad === "\n" || bad === "\r"
      ? "a line break"
      : "a control character"
    : `"${bad}"`;
  return `The header ${name} contains ${shown}, which no header can carry. Remove it, or encode the value, for example with base64(…).`;
}
