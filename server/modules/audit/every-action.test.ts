import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { auditActions } from "@/core/audit-words";

const files = (root: string): string[] =>
  readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("generated"))
    .map((entry) => join(entry.parentPath, entry.name));
const dotted = /["'`]([a-z_]+\.(?:[a-z_]+|\$\{[^}]+\}))["'`]/g;
/** Literals in a file that hands actions on and are something else. */
const others = new Set(["customer.created", "conversation.opened", "conversation.message", "approval.requested"]);

/** The arguments of a call, from its opening parenthesis to the one that closes it. */
function argumentsAt(text: string, open: number): string {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === "(") depth += 1;
    if (text[at] === ")") depth -= 1;
    if (depth === 0) return text.slice(open, at);
  }
  return text.slice(open);
}

/** What is written in TypeScript: in calls that write lines, in `action: …`, and all names in files that hand an action on as a variable. */
function writtenBy(text: string): string[] {
  const calls = [...text.matchAll(/\b(?:writeAudit|noteAct|audited?|note)\(/g)]
    .map((match) => argumentsAt(text, match.index + match[0].length - 1))
    .filter((call) => !/^\([a-z]+\??:/.test(call.trim()));
  const named = [...text.matchAll(/\baction: [^,}\n]+/g)].map(([found]) => found);
  const handsOn = /\baction: string\b|\baction = /.test(text) && /writeAudit\(|noteAct\(/.test(text);
  return [...calls, ...named, ...(handsOn ? [text] : [])].flatMap((part) =>
    [...part.matchAll(dotted)].map(([, name = ""]) => name),
  );
}

/** What is written in SQL: names in calls of put_audit, and endings that are put behind the kind of a waitpoint or a verb. */
function writtenInSql(text: string): string[] {
  return [...text.matchAll(/\bput_audit\(/g)].flatMap((match) =>
    [...argumentsAt(text, match.index + match[0].length - 1).matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map(
      ([, name = ""]) => name,
    ),
  );
}

const kinds = ["approval", "form", "handoff"];
const composed = [
  ...kinds.flatMap((kind) => [`${kind}.timed_out`, `${kind}.undecidable`, `${kind}.decidable`]),
  ...[
    "voted",
    "delegated",
    "delegation_ended",
    "info_requested",
    "info_given",
    "taken_back",
    "lapsed",
    "approved",
    "rejected",
  ].map((ending) => `approval.${ending}`),
  ...["pause", "resume", "cancel", "retry"].map((verb) => `run.${verb}`),
];

it("A18 every action that can be written into the audit log has words", () => {
  const code = ["server", "inngest"]
    .flatMap(files)
    .filter((path) => path.endsWith(".ts") && !/\.(test|testkit|bench)\.ts$/.test(path));
  const found = [
    ...code.flatMap((path) => writtenBy(readFileSync(path, "utf8"))),
    ...files("prisma/functions").flatMap((path) => writtenInSql(readFileSync(path, "utf8"))),
    ...code.flatMap((path) => writtenInSql(readFileSync(path, "utf8"))),
    "run.started",
    ...composed,
  ].filter((name) => !name.includes("$") && !others.has(name));
  const names = [...new Set(found)].sort();
  expect(names.length).toBeGreaterThan(80);
  expect(names.filter((name) => !auditActions.includes(name))).toEqual([]);
  // And none that nothing writes.
  expect(auditActions.filter((name) => !names.includes(name))).toEqual([]);
});

it("A18 what SQL puts together from parts is known: a new one is named in this test", () => {
  const parts = files("prisma/functions").flatMap((path) =>
    [
      ...readFileSync(path, "utf8").matchAll(
        /kind \|\| '?(\.[a-z_]+)|kind \|\| case when v_is then '(\.[a-z_]+)' else '(\.[a-z_]+)'|'run\.' \|\| (v_verb)|say_of_[a-z]+\([^)]*?'([a-z_]+)'/g,
      ),
    ].flatMap((match) => match.slice(1).filter(Boolean)),
  );
  expect([...new Set(parts)].sort()).toEqual([
    ".decidable",
    ".timed_out",
    ".undecidable",
    ".voted",
    "delegated",
    "delegation_ended",
    "info_given",
    "info_requested",
    "lapsed",
    "taken_back",
    "v_verb",
  ]);
});
