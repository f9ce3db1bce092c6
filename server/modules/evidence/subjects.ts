import type { ActivityEntry, AuditItem } from "@/core/contracts/audit";
import { asObject, type Json } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { isUuid, readId, showId, type IdKind } from "@/core/ids";
import { hasScope, type Actor } from "@/server/db/tenant";
import { approvalItems } from "@/server/modules/approvals/service";
import { runsByIds, searchRuns } from "@/server/modules/runs/service";
import { findConversations, findSubjects, findWaits, searchSubjects, waitsOfRuns, type SubjectRef } from "./store";

interface Shown {
  name: string;
  href: string | null;
}

/** Lines with what they are about, in words: as the person looking may see it. */
export async function withSubjects(actor: Actor, lines: readonly AuditItem[]): Promise<ActivityEntry[]> {
  const idsOf = (...types: string[]) => [
    ...new Set(
      lines.flatMap(({ subject }) => (types.includes(subject.type) && isUuid(subject.id) ? [subject.id] : [])),
    ),
  ];
  const { organizationId } = actor;
  const [plain, waits, conversations, approvals, runs] = await Promise.all([
    findSubjects(
      organizationId,
      lines.map(({ subject }) => subject),
    ),
    findWaits(organizationId, idsOf("form", "handoff", "callback")),
    findConversations(organizationId, idsOf("conversation")),
    hasScope(actor, "approvals:read") ? approvalItems(actor, idsOf("approval")) : [],
    hasScope(actor, "runs:read") ? runsByIds(actor, idsOf("run")) : [],
  ]);
  const shown = new Map<string, Shown>();
  for (const { type, id, name, place } of plain)
    shown.set(`${type} ${id}`, { name, href: place === null ? null : `/${type}s/${encodeURIComponent(place)}` });
  for (const { id, runId, workflow } of waits)
    for (const type of ["form", "handoff", "callback"])
      shown.set(`${type} ${id}`, { name: workflow, href: `/runs/${showId("run", runId)}` });
  for (const { id, contact } of conversations) shown.set(`conversation ${id}`, { name: contact, href: null });
  for (const { id, headline, status } of approvals)
    shown.set(`approval ${readId("approval", id) ?? id}`, {
      name: headline,
      href: `/inbox?${status === "pending" ? "" : "view=decided&"}id=${id}`,
    });
  for (const run of runs)
    shown.set(`run ${readId("run", run.id) ?? run.id}`, {
      name: [run.workflow.name, run.subject].filter((part) => part !== null).join(": "),
      href: `/runs/${run.id}`,
    });
  return lines.map((line) => {
    const found = shown.get(`${line.subject.type} ${line.subject.id}`);
    return {
      ...line,
      name: found?.name ?? nameIn(line.data),
      href: found?.href ?? null,
      onBehalfOf: text(asObject(asObject(line.data)["onBehalfOf"] ?? null)["name"]),
    };
  });
}

/** What a text means: an id of any kind, what something is called, or a run's customer or values as the list of runs finds them. */
export async function subjectsOf(actor: Actor, query: string): Promise<SubjectRef[]> {
  const { organizationId } = actor;
  const ids = idKinds.flatMap(([type, kind]) => {
    const id = readId(kind, query);
    return id === null ? [] : [{ type, id }];
  });
  if (isUuid(query)) return [...ids, ...otherKinds.map((type) => ({ type, id: query.toLowerCase() }))];
  const runIds = hasScope(actor, "runs:read") ? await searchRuns(organizationId, query) : [];
  const [named, waits] = await Promise.all([
    searchSubjects(organizationId, query),
    waitsOfRuns(organizationId, runIds),
  ]);
  return [...ids, ...named, ...waits, ...runIds.map((id) => ({ type: "run", id }))];
}

const idKinds: readonly (readonly [type: string, kind: IdKind])[] = [
  ["approval", "approval"],
  ["run", "run"],
  ["workflow", "workflow"],
  ["connection", "connection"],
  ["contact", "contact"],
  ["conversation", "conversation"],
  ["event", "event"],
  ["user", "user"],
  ["api_key", "apiKey"],
];
const otherKinds = ["form", "handoff", "callback", "session", "delivery", "webhook_subscription", "organization"];

/** What the line itself says of something that is gone. */
function nameIn(data: Json): string | null {
  const facts = isJsonObject(data) ? data : {};
  return text(facts["name"]) ?? text(facts["slug"]) ?? text(facts["url"]);
}

function text(value: Json | undefined): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
