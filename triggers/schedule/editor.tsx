"use client";
import { useState } from "react";
import { validateCron } from "@/core/schedule/cron";
import { cronWarnings } from "@/core/schedule/cron-warnings";
import { cronWords } from "@/core/schedule/cron-words";
import { englishToCron } from "@/core/schedule/plain-english";
import { schedulePresets } from "@/core/schedule/presets";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { NextTime, NextTimes } from "./next-times";
import { TimeZoneField } from "./time-zone-field";
import type { TriggerEditor, TriggerEditorProps } from "@/components/builder/trigger-parts/trigger-editor-props";

export const scheduleEditor: TriggerEditor = { Inside: ScheduleEditor, Beside: NextTime };

/** When: a preset, plain English, or cron; in which zone; and what happens to times that were missed or overlap. */
function ScheduleEditor({ trigger, readOnly, set }: TriggerEditorProps) {
  const cron = trigger.cron ?? "";
  const checked = validateCron(cron, trigger.timezone ?? "UTC");
  return (
    <div className="flex flex-col gap-4">
      {!readOnly && (
        <>
          <div role="group" aria-label="Presets" className="flex flex-wrap gap-2">
            {schedulePresets.map((preset) => (
              <Button
                key={preset.id}
                size="dense"
                className="max-sm:h-11"
                aria-pressed={cron === preset.cron}
                look={cron === preset.cron ? "primary" : "outline"}
                onClick={() => set({ cron: preset.cron })}
              >
                {preset.label}
              </Button>
            ))}
          </div>
          <PlainEnglish onCron={(next) => set({ cron: next })} />
        </>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Cron expression"
          hint={checked.ok ? `${cronWords(cron)}.` : "Minute, hour, day, month, weekday."}
          error={checked.ok ? null : checked.message}
        >
          {(control) => (
            <Input
              {...control}
              value={cron}
              readOnly={readOnly}
              spellCheck={false}
              className="font-mono"
              onChange={(event) => set({ cron: event.target.value })}
            />
          )}
        </Field>
        <TimeZoneField
          value={trigger.timezone ?? "UTC"}
          readOnly={readOnly}
          onChange={(timezone) => set({ timezone })}
        />
      </div>
      {checked.ok &&
        cronWarnings(cron).map((warning) => (
          <Notice key={warning} tone="quiet">
            {warning}
          </Notice>
        ))}
      <NextTimes trigger={trigger} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Times missed while Holdpoint was down">
          {(control) => (
            <Select
              {...control}
              value={trigger.missed ?? "last"}
              disabled={readOnly}
              onChange={(event) => set({ missed: event.target.value })}
            >
              <option value="last">Catch up once</option>
              <option value="all">Catch up on each, at most 100</option>
              <option value="none">Leave them out</option>
            </Select>
          )}
        </Field>
        <Field label="When the run before is still under way">
          {(control) => (
            <Select
              {...control}
              value={trigger.overlap ?? "allow"}
              disabled={readOnly}
              onChange={(event) => set({ overlap: event.target.value })}
            >
              <option value="allow">Start anyway</option>
              <option value="skip">Leave this time out</option>
              <option value="queue">Start when it has ended</option>
            </Select>
          )}
        </Field>
      </div>
    </div>
  );
}

/** "every weekday at 9am" becomes cron; what is not understood is said, and nothing changes. */
function PlainEnglish({ onCron }: { onCron: (cron: string) => void }) {
  const [text, setText] = useState("");
  const cron = text.trim() === "" ? null : englishToCron(text);
  const unclear = text.trim() !== "" && cron === null;
  return (
    <Field
      label="Say it in plain English"
      hint={
        cron !== null
          ? `${cronWords(cron)}: ${cron}. Press Enter to use it.`
          : unclear
            ? "Not understood yet. Try “every weekday at 9am”, “every 15 minutes” or “on the 1st of every month at noon”."
            : "For example: every weekday at 9am"
      }
    >
      {(control) => (
        <div className="flex gap-2">
          <Input
            {...control}
            value={text}
            placeholder="every weekday at 9am"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && cron !== null) onCron(cron);
            }}
          />
          <Button
            disabled={cron === null}
            reason="Write when it should start first."
            onClick={() => cron !== null && onCron(cron)}
          >
            Use it
          </Button>
        </div>
      )}
    </Field>
  );
}
