"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { NoticeChoice } from "@/core/contracts/notice";
import { weekdays, type Weekday } from "@/core/schedule/calendar";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Section } from "./section";

const workdays: readonly Weekday[] = weekdays.slice(0, 5);

/** One mail a day about all that waits, on days and at a time of one's own. */
export function DigestSection({ choice }: { choice: NoticeChoice }) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const [wanted, setWanted] = useState(choice.digest !== null);
  const [at, setAt] = useState(choice.digest?.at ?? "07:00");
  const [days, setDays] = useState<readonly Weekday[]>(choice.digest?.days ?? workdays);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const choose = useMutation(
    api.notices.chooseDigest.mutationOptions({
      onSuccess: (saved) =>
        queryClient.setQueryData(api.notices.emailChoice.queryKey(), (before) => before && { ...before, ...saved }),
    }),
  );
  const [tried, setTried] = useState(false);
  const problems = {
    at: at === "" ? "Choose a time." : null,
    days: days.length === 0 ? "Choose at least one day." : null,
  };
  const save = () => {
    setTried(true);
    if (wanted && (problems.at ?? problems.days) !== null) return;
    choose.mutate({ digest: wanted ? { at, days: [...days], zone } : null });
  };
  const change = (act: () => void) => {
    act();
    choose.reset();
  };
  return (
    <Section
      title="Morning digest"
      note="One mail about all that waits for you, the most urgent first. No mail when nothing waits."
    >
      {choose.error && <Notice tone="failed">{choose.error.message}</Notice>}
      {choose.isSuccess && <Notice tone="completed">{savedWords(choose.data.nextDigest)}</Notice>}
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <label className="flex min-h-11 items-center gap-2.5 rounded-control px-1 font-medium hover:bg-sunken">
          <input
            type="checkbox"
            checked={wanted}
            onChange={({ target }) => change(() => setWanted(target.checked))}
            className="size-4 shrink-0 accent-ink max-sm:size-5"
          />
          Send me a digest
        </label>
        {wanted && (
          <>
            <Field label="At" hint={`By the clock of ${zone.replaceAll("_", " ")}.`} error={tried ? problems.at : null}>
              {(control) => (
                <Input
                  {...control}
                  type="time"
                  value={at}
                  onChange={({ target }) => change(() => setAt(target.value))}
                  className="w-36"
                />
              )}
            </Field>
            <fieldset className="flex flex-col gap-1.5">
              <legend className="mb-1.5 text-dense font-medium">On</legend>
              <div className="flex flex-wrap gap-2">
                {weekdays.map((day) => (
                  <label
                    key={day}
                    className="inline-flex min-h-9 cursor-pointer items-center gap-2 rounded-control border border-control bg-surface px-3 has-checked:border-ink has-checked:bg-sunken max-sm:min-h-11"
                  >
                    <input
                      type="checkbox"
                      checked={days.includes(day)}
                      onChange={({ target }) =>
                        change(() => setDays(target.checked ? [...days, day] : days.filter((each) => each !== day)))
                      }
                      className="size-4 shrink-0 accent-ink"
                    />
                    {day.charAt(0).toUpperCase() + day.slice(1)}
                  </label>
                ))}
              </div>
              {tried && problems.days !== null && (
                <p role="alert" className="text-label font-medium text-failed">
                  {problems.days}
                </p>
              )}
            </fieldset>
          </>
        )}
        <Button type="submit" look="primary" busy={choose.isPending} className="self-start">
          Save
        </Button>
      </form>
    </Section>
  );
}

function savedWords(next: string | null): string {
  if (next === null) return "Saved. You get no digest.";
  const when = new Intl.DateTimeFormat("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(next));
  return `Saved. The next one comes on ${when}.`;
}
