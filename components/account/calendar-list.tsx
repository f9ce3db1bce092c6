"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { toast } from "sonner";
import type { CalendarItem } from "@/core/contracts/calendar";
import { hoursWords } from "@/core/schedule/hours-words";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { RowItem, Rows } from "@/components/ui/rows";
import { VisibleText } from "@/components/ui/visible-text";
import { CalendarDialog } from "./calendar-dialog";
import { Section } from "./section";

/** When people work: the calendars by which deadlines count. */
export function CalendarList({ mayManage }: { mayManage: boolean }) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const calendars = useQuery(api.calendars.list.queryOptions());
  const [editing, setEditing] = useState<{ calendar: CalendarItem | null } | null>(null);
  const begin = useRef<HTMLButtonElement>(null);
  const remove = useMutation(
    api.calendars.remove.mutationOptions({
      onSuccess: () => toast("Removed."),
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.calendars.pathKey() }),
    }),
  );
  const items = calendars.data?.items;
  return (
    <Section
      title="Working hours"
      note="Steps can count the time that people have by them, without nights, weekends and holidays."
      actions={
        mayManage && (
          <Button
            ref={begin}
            disabled={items === undefined}
            reason="Loading what is there."
            onClick={() => setEditing({ calendar: null })}
          >
            New working hours
          </Button>
        )
      }
    >
      {calendars.error && <Notice tone="failed">{calendars.error.message}</Notice>}
      {remove.error && <Notice tone="failed">{remove.error.message}</Notice>}
      {items?.length === 0 && <Notice tone="quiet">There are none yet: deadlines count every hour.</Notice>}
      {items !== undefined && items.length > 0 && (
        <Rows aria-label="Working hours">
          {items.map((calendar) => (
            <RowItem key={calendar.slug} className="flex-wrap gap-y-2">
              <div className="min-w-0 flex-[1_1_260px] [overflow-wrap:anywhere]">
                <p className="font-medium">
                  <VisibleText text={calendar.name} />
                  {calendar.is_default && <span className="ml-2 font-normal text-ink-2">for everybody</span>}
                </p>
                <p className="text-dense text-ink-2">{factsOf(calendar)}</p>
                {usesOf(calendar) !== "" && (
                  <p className="text-dense text-ink-3">
                    <VisibleText text={usesOf(calendar)} />
                  </p>
                )}
              </div>
              {mayManage && (
                <div className="flex gap-2">
                  <Button
                    size="dense"
                    className="max-sm:min-h-11"
                    aria-label={`Change ${calendar.name}`}
                    onClick={() => setEditing({ calendar })}
                  >
                    Change
                  </Button>
                  <Button
                    size="dense"
                    className="max-sm:min-h-11"
                    aria-label={`Remove ${calendar.name}`}
                    busy={remove.isPending && remove.variables.slug === calendar.slug}
                    onClick={() => remove.mutate({ slug: calendar.slug }, { onSuccess: () => begin.current?.focus() })}
                  >
                    Remove
                  </Button>
                </div>
              )}
            </RowItem>
          ))}
        </Rows>
      )}
      {editing !== null && (
        <CalendarDialog {...editing} taken={(items ?? []).map(({ slug }) => slug)} onClose={() => setEditing(null)} />
      )}
    </Section>
  );
}

function factsOf(calendar: CalendarItem): string {
  const { length } = calendar.holidays;
  const holidays = length === 0 ? [] : [length === 1 ? "1 holiday" : `${String(length)} holidays`];
  return [hoursWords(calendar), calendar.zone, ...holidays].join(" · ");
}

/** "Finance · used by Refund and Onboarding". */
function usesOf({ teams, used_by: workflows }: CalendarItem): string {
  const list = new Intl.ListFormat("en");
  return [
    ...(teams.length === 0 ? [] : [`Hours of ${list.format(teams.map(({ name }) => name))}`]),
    ...(workflows.length === 0 ? [] : [`used by ${list.format(workflows.map(({ name }) => name))}`]),
  ].join(" · ");
}
