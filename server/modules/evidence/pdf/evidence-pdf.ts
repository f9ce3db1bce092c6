import { setImmediate } from "node:timers/promises";
import { auditNoun, auditWay, auditWords } from "@/core/audit-words";
import type { AuditItem } from "@/core/contracts/audit";
import type { EvidenceDecision, EvidencePack } from "@/core/contracts/evidence";
import type { Json } from "@/core/json";
import { openPaper, type Paper } from "./paper";

/** The pack for people to read. What proves it stands in the JSON file. */
export async function evidencePdf(pack: EvidencePack): Promise<Buffer> {
  const title = titleOf(pack);
  const paper = openPaper(title);
  paper.heading("H1", title);
  paper.paragraph(
    `${pack.made.organization.name}. Taken by ${pack.made.by} at ${time(pack.made.at)}. All times are UTC.`,
    "soft",
  );
  if (pack.decisions.length === 0) paper.paragraph("Nothing was decided in this time.");
  for (const decision of pack.decisions) {
    if (pack.decisions.length > 1) paper.heading("H2", decision.shown.headline);
    writeDecision(paper, decision);
    // Others are served between two decisions.
    await setImmediate();
  }
  if (pack.run) {
    paper.heading("H2", "What happened in the run");
    for (const { at, type, actor, data } of pack.run.timeline) {
      const name = typeof data["name"] === "string" ? `: “${data["name"]}”` : "";
      paper.fact(time(at), `${type.replaceAll(/[._]/g, " ")}${name}${actor ? ` (${actor.name})` : ""}`);
    }
    if (pack.run.files.length > 0) paper.heading("H2", "Files in its answers");
    for (const { name, type, size, sha256, signedBy, signedAt } of pack.run.files) {
      const signed = signedBy === undefined ? "" : `; signed by ${signedBy} at ${time(signedAt ?? "")}`;
      paper.fact(name, `${type}, ${String(size)} bytes, SHA-256 ${sha256}${signed}`);
    }
  }
  writeLog(paper, pack.log);
  paper.heading("H2", "How to check this");
  paper.paragraph(
    "The JSON file of the same evidence holds the lines of the log with their seals. docs/evidence.md of Holdpoint says how anybody computes them again, without Holdpoint. A letter that the font of this document lacks is shown by its Unicode number, like [U+5F20].",
  );
  return paper.finish();
}

function titleOf({ about, decisions }: EvidencePack): string {
  if ("decision" in about) return `Evidence: ${decisions[0]?.shown.headline ?? "a decision"}`;
  return `Evidence of all decisions from ${time(about.since)} to ${time(about.until)}`;
}

function writeDecision(paper: Paper, decision: EvidenceDecision): void {
  const { asked, shown, workflow } = decision;
  paper.heading("H3", "Decision");
  write(paper, [
    ["Outcome", outcomes[decision.decision ?? decision.status] ?? decision.status],
    ["Decided by", decision.decided_by],
    ["On behalf of", decision.on_behalf_of],
    ["Decided at", decision.decided_at && time(decision.decided_at)],
    ["Identified", decision.identified && auditWay(decision.via ?? "", decision.identified.auth)],
    ["Proven on the page by", decision.proven_by && (proofs[decision.proven_by] ?? decision.proven_by)],
    ["From the address", decision.identified && decision.identified.address],
    ["Comment", decision.comment],
    ["To the requester", decision.message_to_requester],
    [
      "Cancelled by",
      decision.cancelled && [decision.cancelled.by, decision.cancelled.reason].filter(Boolean).join(": "),
    ],
    ["When time ran out", decision.timeout_effect?.replaceAll("_", " ") ?? null],
  ]);
  for (const { label, was, now } of decision.edits)
    paper.fact(`Changed: ${label}`, was === undefined ? words(now) : `was ${words(was)}, is ${words(now)}`);
  for (const { by, decision: said, at, comment } of decision.votes)
    paper.fact("Word of one of several", `${by} ${said} it at ${time(at)}${comment ? `: “${comment}”` : ""}`);
  paper.heading("H3", "What was asked");
  write(paper, [
    ["Request", shown.headline],
    ["Workflow", `${workflow.name}, version ${String(workflow.version)}`],
    ["Run", decision.run_id],
    ["Asked at", time(asked.at)],
    ["Asked of", asked.of.join(", ")],
    ["Why them", asked.rule],
    ["Requested by", asked.requested_by],
    ["Due", asked.due_at && time(asked.due_at)],
  ]);
  for (const { label, value } of shown.fields) paper.fact(label, value);
  for (const { label, value } of shown.held) paper.fact(`Held: ${label}`, words(value));
  write(paper, [
    ["If approved", shown.consequences.approved.join(", then ")],
    ["If rejected", shown.consequences.rejected.join(", then ")],
    ["Hash of what was shown", shown.hash],
  ]);
}

function writeLog(paper: Paper, log: EvidencePack["log"]): void {
  paper.heading("H2", "Lines of the log");
  if (log === null) {
    paper.paragraph("Whoever took this may not read the log, so its lines are not here.");
    return;
  }
  for (const line of log.lines) paper.fact(`${line.id} · ${time(line.at)}`, lineWords(line));
  if (log.more) paper.paragraph("There are more lines than a file carries; the activity has all of them.");
  const { links, head, not_proven: open } = log.proof;
  paper.paragraph(
    `${String(log.lines.length - open.length)} of these lines are under ${String(links.length)} ${links.length === 1 ? "seal" : "seals"} in the JSON file. Nothing was computed again to make this document.`,
  );
  if (head) paper.paragraph(`Newest seal when this was taken: ${head.hash}, up to number ${head.up_to}.`);
}

function lineWords({ actor, action, subject, auth, address }: AuditItem): string {
  const { before, after } = auditWords(action);
  const what = after === null ? before : `${before} the ${auditNoun(subject.type)}${after}`;
  const how = [auditWay(actor.via, auth), address === null ? null : `from ${address}`].filter((part) => part !== null);
  return [`${actor.name} ${what}`, ...how].join(" · ");
}

function write(paper: Paper, facts: readonly (readonly [label: string, value: string | null])[]): void {
  for (const [label, value] of facts) if (value !== null && value !== "") paper.fact(label, value);
}

const outcomes: Readonly<Record<string, string>> = {
  approved: "Approved",
  rejected: "Rejected",
  timed_out: "Nobody decided in time",
  cancelled: "The run ended before anybody decided",
  superseded: "Asked again in another form",
};
const proofs: Readonly<Record<string, string>> = {
  code: "a code that was sent to them",
  session: "being signed in",
};

function time(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
}

function words(value: Json): string {
  if (value === null) return "nothing";
  return typeof value === "string" ? value : JSON.stringify(value);
}
