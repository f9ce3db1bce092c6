import { AsyncLocalStorage } from "node:async_hooks";
import { AppError } from "@/core/errors";
import type { JsonObject } from "@/core/json";
import { newId } from "@/core/ids";
import { prisma, type Prisma } from "./client";
import { hotPool } from "./pools";
import type { Actor, AuthProof } from "./tenant";
import { isUniqueViolation } from "./unique";

export type Transaction = Prisma.TransactionClient;

type Companion = (tx: Transaction) => Promise<void>;
const companions = new AsyncLocalStorage<Companion>();

/** One transaction: everything inside is committed together or not at all. Pass `tx` on; never reach for the client inside. */
export function withTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  const companion = companions.getStore();
  return prisma()
    .$transaction(
      async (tx) => {
        const result = await work(tx);
        await companion?.(tx);
        return result;
      },
      { maxWait: 5_000, timeout: 15_000 },
    )
    .catch((error: unknown) => {
      // Looked for first, and made by somebody else before it was written. Whoever can say more catches it earlier.
      if (isUniqueViolation(error))
        throw new AppError(
          "conflict",
          "Somebody else did the same at this moment. Look at what is there, then try again.",
        );
      throw error;
    });
}

/** Every transaction that `work` makes writes what the companion writes as well, or nothing when the companion throws. */
export function accompanied<T>(companion: Companion, work: () => Promise<T>): Promise<T> {
  const around = companions.getStore();
  const both: Companion = async (tx) => {
    await companion(tx);
    await around?.(tx);
  };
  return companions.run(both, work);
}

export interface AuditSubject {
  type: string;
  id: string;
}

/** Writes who did what into the append-only log, in the transaction that does it. `data` must hold no secret. */
export async function writeAudit(
  tx: Transaction,
  actor: Actor,
  action: string,
  subject: AuditSubject,
  data?: JsonObject,
  payloadHash?: string,
): Promise<void> {
  await tx.auditEntry.create({
    data: {
      organizationId: actor.organizationId,
      actor: auditActor(actor),
      action,
      subjectType: subject.type,
      subjectId: subject.id,
      ...(data === undefined ? {} : { data }),
      ...auditProof(actor),
      ...(payloadHash === undefined ? {} : { payloadHash }),
    },
    select: { id: true },
  });
}

/** The same for acts that write nothing else: a sign-in, a test call, a refusal. */
export async function noteAct(
  actor: Actor,
  action: string,
  subject: AuditSubject,
  data: JsonObject = {},
): Promise<void> {
  await hotPool().query({
    name: "audit_act",
    text: "select put_audit($1, $2, $3, $4, $5, $6, $7, null)",
    values: [
      actor.organizationId,
      JSON.stringify(auditActor(actor)),
      JSON.stringify(auditProof(actor)),
      action,
      subject.type,
      subject.id,
      JSON.stringify(data),
    ],
  });
}

/** Where the actor's request came from and how they were proven, for writes that are made in SQL. */
export function auditProof({ address, auth }: Actor): { address: string | null; auth: AuthProof } {
  return { address, auth };
}

/** The actor as the audit log and run events keep it. */
export function auditActor(actor: Actor): JsonObject & { type: string; id: string; name: string; via: string } {
  return {
    type: actor.type,
    id: actor.id,
    name: actor.name,
    via: actor.via,
    ...(actor.type === "api_key" && actor.userId !== null ? { userId: actor.userId } : {}),
  };
}

export interface OutboxEvent {
  name: string;
  data: JsonObject;
  /** Whose it is: the executor takes the events of all organizations in turn. */
  organizationId?: string;
  /** The same one is delivered once. */
  dedupeId?: string;
  /** Not before this time. */
  dueAt?: Date;
}

/** Adds an event for the executor to this transaction and wakes it at commit. */
export async function outbox(tx: Transaction, event: OutboxEvent): Promise<void> {
  await tx.eventOutbox.create({
    data: {
      id: newId(),
      name: event.name,
      data: event.data,
      ...(event.organizationId === undefined ? {} : { fairKey: event.organizationId }),
      ...(event.dedupeId === undefined ? {} : { dedupeId: event.dedupeId }),
      ...(event.dueAt === undefined ? {} : { dueAt: event.dueAt }),
    },
    select: { id: true },
  });
  await tx.$executeRaw`select pg_notify('hp_events', '')`;
}
