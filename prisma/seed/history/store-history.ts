import { newId } from "@/core/ids";
import type { Json, JsonObject } from "@/core/json";
import { prisma, type Prisma } from "@/server/db/client";
import { auditActor } from "@/server/db/transaction";
import { subjectOf } from "@/server/modules/runs/subject";
import type { RecordedRun, RecordedWaitpoint } from "./memory-journal";
import type { ToldStory } from "./tell";

/** Writes finished simulations the way the journal would have, all of them or none. */
export async function storeHistory(told: readonly ToldStory[]): Promise<void> {
  const happenings = told.flatMap(happeningsOf).sort((left, right) => left.at.getTime() - right.at.getTime());
  const lastSeq = new Map<string, number>();
  const nextSeq = (runId: string): number => {
    const seq = (lastSeq.get(runId) ?? 0) + 1;
    lastSeq.set(runId, seq);
    return seq;
  };
  const events = happenings.map(({ runId, organizationId, at, type, actor, data }) => ({
    runId,
    seq: nextSeq(runId),
    organizationId,
    at,
    type,
    actor,
    data,
  }));
  await prisma().$transaction([
    prisma().run.createMany({
      data: told.map((story) => ({ ...runRow(story), eventSeq: lastSeq.get(story.recorded.run.id) ?? 0 })),
    }),
    prisma().stepRun.createMany({ data: told.flatMap(({ recorded }) => stepRows(recorded)) }),
    prisma().waitpoint.createMany({
      data: told.flatMap(({ recorded }) => recorded.waitpoints.map((waitpoint) => waitpointRow(recorded, waitpoint))),
    }),
    prisma().delivery.createMany({ data: told.flatMap(({ recorded }) => deliveryRows(recorded)) }),
    prisma().message.createMany({ data: told.flatMap(messageRows) }),
    prisma().receipt.createMany({ data: told.flatMap(({ recorded }) => receiptRows(recorded)) }),
    prisma().runEvent.createMany({ data: events }),
    prisma().auditEntry.createMany({
      data: happenings.map(({ organizationId, at, type, actor, audit, subject }) => ({
        organizationId,
        at,
        actor,
        action: type,
        subjectType: subject.type,
        subjectId: subject.id,
        data: audit,
      })),
    }),
  ]);
}

function runRow({ story, recorded, control }: ToldStory): Prisma.RunCreateManyInput {
  const { run, endedAt, nextDueAt, output, error, failureReason } = recorded;
  const { createdAt, startedAt, inputEdits, drivers: _past, ...fields } = run;
  return {
    ...fields,
    triggerId: story.trigger.id,
    subject: subjectOf(run.input),
    createdAt: new Date(createdAt),
    startedAt: date(startedAt),
    endedAt: date(endedAt),
    nextDueAt: date(nextDueAt),
    heartbeatAt: date(endedAt ?? startedAt),
    failureReason,
    cancelReason: control?.verb === "cancel" ? control.reason : null,
    statusBelow: control?.verb === "pause" ? control.statusBelow : null,
    ...given({ inputEdits, output, error }),
  };
}

function stepRows({ run, rows }: RecordedRun): Prisma.StepRunCreateManyInput[] {
  return [...rows.values()].map(
    ({ g, input, output, error, engine, attempts, warnings, startedAt, endedAt, ...row }) => ({
      ...row,
      runId: run.id,
      organizationId: run.organizationId,
      generation: g,
      startedAt: date(startedAt),
      endedAt: date(endedAt),
      // Rows of the journal are JSON; their types only name the fields.
      ...given({ input, output, error, engine: engine as Json, attempts: attempts as Json, warnings }),
    }),
  );
}

function waitpointRow(
  { run }: RecordedRun,
  { by, via, resolution, onDue, resolvedAt, dueAt, createdAt, ...fields }: RecordedWaitpoint,
): Prisma.WaitpointCreateManyInput {
  return {
    ...fields,
    organizationId: run.organizationId,
    runId: run.id,
    workflowId: run.workflowId,
    resolvedById: by?.id ?? null,
    resolvedByName: by?.name ?? null,
    resolvedVia: via,
    resolvedAt: date(resolvedAt),
    dueAt: date(dueAt),
    createdAt: new Date(createdAt),
    ...given({ resolution, onDue }),
  };
}

/** In demo mode every message is kept and none is sent. */
function deliveryRows({ run, deliveries }: RecordedRun): Prisma.DeliveryCreateManyInput[] {
  return deliveries.map(({ at, fields }) => ({
    id: text(fields["id"]),
    organizationId: run.organizationId,
    runId: run.id,
    stepKey: text(fields["key"]),
    kind: text(fields["kind"]),
    channel: text(fields["channel"]),
    address: text(fields["address"]),
    subject: typeof fields["subject"] === "string" ? fields["subject"] : null,
    body: text(fields["body"]),
    status: "captured",
    attempts: 1,
    sourceKey: text(fields["sourceKey"]),
    createdAt: new Date(at),
    deliveredAt: new Date(at + 300),
  }));
}

const requestWords: Readonly<Record<string, string>> = {
  "subscription-upgrade": "Upgrade my plan",
  "refund-desk": "Ask for a refund",
};

function messageRows({ story, contact, recorded }: ToldStory): Prisma.MessageCreateManyInput[] {
  const { run, messages } = recorded;
  const asked = contact && {
    id: newId(run.createdAt - 400),
    organizationId: run.organizationId,
    conversationId: contact.conversationId,
    author: "contact",
    authorName: contact.name,
    body: requestWords[story.workflow] ?? "",
    createdAt: new Date(run.createdAt - 400),
  };
  const said = messages.map(({ at, fields }) => ({
    id: text(fields["id"]),
    organizationId: run.organizationId,
    conversationId: text(fields["conversationId"]),
    author: "workflow",
    authorName: text(fields["authorName"]),
    body: text(fields["body"]),
    runId: run.id,
    sourceKey: text(fields["sourceKey"]),
    createdAt: new Date(at),
  }));
  return asked ? [asked, ...said] : said;
}

function receiptRows({ run, receipts }: RecordedRun): Prisma.ReceiptCreateManyInput[] {
  return receipts.map(({ at, fields }) => ({
    id: newId(at),
    organizationId: run.organizationId,
    runId: run.id,
    key: text(fields["key"]),
    attempt: number(fields["attempt"]) ?? 1,
    idempotencyKey: text(fields["idempotencyKey"]),
    requestHash: text(fields["requestHash"]),
    method: text(fields["method"]),
    url: text(fields["url"]),
    status: number(fields["status"]),
    errorCode: typeof fields["errorCode"] === "string" ? fields["errorCode"] : null,
    sentAt: new Date(number(fields["sentAt"]) ?? at),
    durationMs: number(fields["durationMs"]),
    ...given({ response: fields["response"] ?? null }),
  }));
}

interface Happening {
  runId: string;
  organizationId: string;
  at: Date;
  type: string;
  actor: JsonObject;
  data: JsonObject;
  audit: JsonObject;
  subject: { type: string; id: string };
}

const actionOf: Readonly<Record<string, (outcome: string) => string>> = {
  approval: (outcome) => `approval.${outcome}`,
  form: () => "form.submitted",
  handoff: () => "handoff.resolved",
};

/** What people did to a run, for its story and for the audit log. */
function happeningsOf({ recorded, contact, control }: ToldStory): Happening[] {
  const { run, waitpoints } = recorded;
  const ids = { runId: run.id, organizationId: run.organizationId };
  const decisions = waitpoints.flatMap((waitpoint): Happening[] => {
    if (!waitpoint.by || waitpoint.resolvedAt === null || waitpoint.outcome === null) return [];
    const actor: JsonObject =
      waitpoint.by.id === null
        ? { type: "contact", id: contact?.id ?? "", name: waitpoint.by.name, via: "link" }
        : { type: "user", id: waitpoint.by.id, name: waitpoint.by.name, via: "ui" };
    const comment = waitpoint.resolution?.["comment"] ?? null;
    const type = actionOf[waitpoint.kind]?.(waitpoint.outcome) ?? `${waitpoint.kind}.resolved`;
    return [
      {
        ...ids,
        at: new Date(waitpoint.resolvedAt),
        type,
        actor,
        data: { nodeId: waitpoint.nodeId, waitpointId: waitpoint.id, comment },
        audit: { via: waitpoint.via },
        subject: { type: waitpoint.kind, id: waitpoint.id },
      },
    ];
  });
  if (!control) return decisions;
  const { verb, at, actor, reason, statusBelow } = control;
  return [
    ...decisions,
    {
      ...ids,
      at: new Date(at),
      type: `run.${verb}`,
      actor: auditActor(actor),
      data: { reason },
      audit: { reason, from: statusBelow },
      subject: { type: "run", id: run.id },
    },
  ];
}

function date(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}

/** Only what is there: a nullable JSON column is left out to be null. */
function given<T extends Record<string, Json>>(fields: T): { [K in keyof T]?: Exclude<T[K], null> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as {
    [K in keyof T]?: Exclude<T[K], null>;
  };
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function number(value: Json | undefined): number | null {
  return typeof value === "number" ? value : null;
}
