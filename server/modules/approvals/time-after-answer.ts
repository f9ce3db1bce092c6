import { z } from "zod";
import type { JsonObject } from "@/core/json";
import type { WorkingCalendar } from "@/core/schedule/calendar";
import { afterPause } from "@/core/schedule/working-time";
import type { OrganizationId } from "@/server/db/tenant";
import { createDirectoryPort } from "@/server/modules/directory/service";
import { findOpenQuestion, type OpenQuestion } from "./store";

/**
 * What the answer to an open question must say of its time where that counts by a working calendar: as many working hours as were left
 * when it was asked (`times` of prisma/functions/20-questions.sql). Empty where every hour counts: the database counts those itself.
 */
export async function timesAfterAnswer(
  organizationId: OrganizationId,
  asked: { id: string } | { conversation: string },
): Promise<JsonObject> {
  const open = await findOpenQuestion(organizationId, asked);
  if (open === null) return {};
  const { calendar } = await createDirectoryPort(organizationId).calendar(open.calendar, []);
  return { times: timesOf(open, calendar) };
}

/** @param calendar null: it was taken away meanwhile, and every hour counts */
export function timesOf(
  { at, dueAt, remindAt, questions }: OpenQuestion,
  calendar: WorkingCalendar | null,
): JsonObject {
  const asked = pausesSchema.parse(questions);
  const current = asked.at(-1);
  const pauses = asked.map((each) => ({ from: Date.parse(each.at), until: Date.parse(each.answeredAt ?? at) }));
  const shifted = (moment: number) => pauses.reduce((time, pause) => afterPause(calendar, time, pause), moment);
  const pause = { from: Date.parse(current?.at ?? at), until: Date.parse(at) };
  return {
    question: current?.id ?? null,
    at,
    dueAt: dueAt === null ? null : iso(afterPause(calendar, Date.parse(dueAt), pause)),
    reminders: Object.fromEntries(remindAt.map((time) => [time, iso(shifted(Date.parse(time)))])),
  };
}

/** Of an approval in the order in which they were asked; the last one is open. */
const pausesSchema = z.array(z.object({ id: z.string(), at: z.string(), answeredAt: z.string().optional() }));

function iso(time: number): string {
  return new Date(time).toISOString();
}
