import { newId } from "@/core/ids";
import { byWeekday, type WorkingCalendar } from "@/core/schedule/calendar";
import { prisma } from "@/server/db/client";
import type { UserActor } from "@/server/db/tenant";

const slug = "office-hours";

const officeHours: WorkingCalendar = {
  zone: "Europe/Berlin",
  hours: byWeekday((_, index) => (index < 5 ? [{ from: "09:00", to: "17:00" }] : undefined)),
  holidays: [
    { date: "2024-01-01", name: "New Year", yearly: true },
    { date: "2024-05-01", name: "Labour Day", yearly: true },
    { date: "2024-12-25", name: "Christmas", yearly: true },
    { date: "2024-12-26", name: "Second day of Christmas", yearly: true },
  ],
};

/** The organization's working hours. Made once. */
export async function seedCalendars({ organizationId, userId }: UserActor, updatedAt: Date): Promise<void> {
  await prisma().calendar.upsert({
    where: { organizationId_slug: { organizationId, slug } },
    create: {
      id: newId(),
      organizationId,
      slug,
      name: "Office hours",
      ...officeHours,
      isDefault: true,
      updatedById: userId,
      updatedAt,
    },
    update: {},
    select: { id: true },
  });
}
