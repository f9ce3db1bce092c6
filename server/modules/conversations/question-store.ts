import { z } from "zod";
import type { Json, JsonObject } from "@/core/json";
import { hotPool } from "@/server/db/pools";
import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";

/**
 * What the customer writes while an approval waits for their answer is that answer: true where it was. Before the message is kept, as the
 * run is locked before its conversation.
 */
export async function answerOpenQuestion(tx: Transaction, answer: JsonObject): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ isAnswer: boolean }[]>`
    select (answer_question(${JSON.stringify(answer)}::jsonb)->>'ok')::boolean as "isAnswer"`;
  return row?.isAnswer === true;
}

/** An open question of an approval whose time counts by a working calendar. Times are ISO-8601. */
export interface OpenQuestion {
  /** Slug of the calendar. */
  calendar: string;
  /** Now, by the clock of the database. */
  at: string;
  /** When it was to fall due as the question was asked. */
  dueAt: string | null;
  /** As the request froze them. */
  remindAt: string[];
  questions: Json;
}

const textsSchema = z.array(z.string()).catch([]);

/** Null where none is open, or every hour counts. */
export async function findOpenQuestion(
  organizationId: OrganizationId,
  asked: { id: string } | { conversation: string },
): Promise<OpenQuestion | null> {
  const isOf = "id" in asked ? "id = $2" : "question_in = $2";
  const { rows } = await hotPool().query<Omit<OpenQuestion, "at" | "dueAt"> & { at: Date; dueAt: Date | null }>({
    name: "id" in asked ? "open_question" : "open_question_in",
    text: `select request#>>'{calendar,slug}' as calendar, clock_timestamp() as at, question_due as "dueAt",
        coalesce(request->'remindAt', '[]') as "remindAt", questions
      from waitpoints where organization_id = $1 and ${isOf} and status = 'open' and question_at is not null and request ? 'calendar'`,
    values: [organizationId, "id" in asked ? asked.id : asked.conversation],
  });
  const [row] = rows;
  if (row === undefined) return null;
  const { at, dueAt, remindAt } = row;
  return { ...row, at: at.toISOString(), dueAt: dueAt?.toISOString() ?? null, remindAt: textsSchema.parse(remindAt) };
}
