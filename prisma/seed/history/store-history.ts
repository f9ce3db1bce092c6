import { newId } from "@/core/ids";
import { asObject, type Json } from "@/core/json";
import { prisma, type Prisma } from "@/server/db/client";
import { subjectOf } from "@/server/modules/runs/subject";
import { eventRows } from "./event-rows";
import { happeningsOf } from "./happenings";
import type { RecordedRun, RecordedWaitpoint } from "./memory-journal";
import type { ToldStory } from "./tell";

/** A busy machine may take long over these rows, and nobody waits behind them; this ends a hang. */
const patienceMs = 120_000;

/** Writes finished simulations the way the journal would have, all of them or none. */
export async function storeHistory(told: readonly ToldStory[]): Promise<void> {
  const happenings = told.flatMap(happeningsOf).sort((left, right) => left.at.getTime() - right.at.getTime());
  const events = told.flatMap(eventRows);
  await prisma().$transaction(
    async (tx) => {
      await tx.run.createMany({
        data: told.map((story) => ({ ...runRow(story), eventSeq: eventRows(story).length })),
      });
      await tx.stepRun.createMany({ data: told.flatMap(({ recorded }) => stepRows(recorded)) });
      await tx.waitpoint.createMany({
        data: told.flatMap(({ recorded }) => recorded.waitpoints.map((waitpoint) => waitpointRow(recorded, waitpoint))),
      });
      await tx.delivery.createMany({ data: told.flatMap(({ recorded }) => deliveryRows(recorded)) });
      await tx.message.createMany({ data: told.flatMap(messageRows) });
      await tx.receipt.createMany({ data: told.flatMap(({ recorded }) => receiptRows(recorded)) });
      await tx.runEvent.createMany({ data: events });
      await tx.auditEntry.createMany({
        data: happenings.map(({ organizationId, at, type, actor, audit, subject }) => ({
          organizationId,
          at,
          actor,
          action: type,
          subjectType: subject.type,
          subjectId: subject.id,
          data: audit,
        })),
      });
    },
    { timeout: patienceMs },
  );
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
      ...given({ input, output, error: error as Json, engine: engine as Json, attempts: attempts as Json, warnings }),
    }),
  );
}

function waitpointRow(
  { run }: RecordedRun,
  { by, via, resolution, onDue, resolvedAt, dueAt, createdAt, ...fields }: RecordedWaitpoint,
): Prisma.WaitpointCreateManyInput {
  const money = asObject(asObject(fields.request)["money"]);
  return {
    ...fields,
    organizationId: run.organizationId,
    runId: run.id,
    workflowId: run.workflowId,
    moneyCurrency: money["currency"] === undefined ? null : text(money["currency"]),
    moneyAmount: money["amount"] === undefined ? null : text(money["amount"]),
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
