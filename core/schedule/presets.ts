/** The schedules offered with one click. */
export const schedulePresets = [
  { id: "every_5_minutes", label: "Every 5 minutes", cron: "*/5 * * * *" },
  { id: "hourly", label: "Hourly", cron: "0 * * * *" },
  { id: "daily", label: "Daily", cron: "0 9 * * *" },
  { id: "weekly", label: "Weekly", cron: "0 9 * * 1" },
  { id: "monthly", label: "Monthly", cron: "0 9 1 * *" },
] as const;
