"use client";
import { CircleCheck, Clock, CircleMinus, type LucideIcon } from "lucide-react";
import { useEffect, useRef } from "react";
import type { PastCustomerForm } from "@/core/contracts/conversation";
import type { JsonObject } from "@/core/json";
import { formDrafts } from "@/components/data/draft-store";
import { AnswerCopy } from "@/components/fields/answer-copy";
import { answerRows, typedRows } from "@/components/fields/answer-rows";
import { personsLocale } from "@/components/fields/persons-locale";
import { Card } from "@/components/ui/card";
import { Facts } from "@/components/ui/facts";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Tone } from "@/components/ui/tone";
import { draftOfForm } from "./draft-of-form";
import { lostRaceWords, pastFormWords } from "./past-form-words";

/** A form that is over: what came of it on one line, what was sent folded, and what was typed in vain. */
export function PastFormCard({ form, sentHere }: { form: PastCustomerForm; sentHere: boolean }) {
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    // The form that had the focus is gone.
    if (sentHere && document.activeElement === document.body) line.current?.focus({ preventScroll: true });
  }, [sentHere]);
  const { tone, icon: Icon } = faces[form.outcome];
  const typed = sentHere ? [] : typedRows(form.schema, formDrafts.read(draftOfForm(form.waitpointId)));
  // A schema's answers are a JSON document.
  const sent = answerRows(form.schema, form.values as JsonObject, { locale: personsLocale() });
  return (
    <Card bar={tone} className="flex flex-col gap-2 px-4 py-3">
      <p ref={line} tabIndex={-1} className="flex flex-wrap items-baseline gap-x-2 text-dense">
        <Icon size={15} aria-hidden className="shrink-0 self-center text-ink-2" />
        <span className="font-semibold">{form.title}</span>
        <span>{pastFormWords(form, sentHere)}</span>
        <span className="text-label text-ink-3">
          <RelativeTime at={form.endedAt} />
        </span>
      </p>
      {typed.length > 0 && (
        <>
          <Notice tone="quiet">{lostRaceWords(form)}</Notice>
          <Facts items={typed} />
        </>
      )}
      <AnswerCopy label="Your answers" rows={sent} />
    </Card>
  );
}

const faces: Record<PastCustomerForm["outcome"], { tone: Tone; icon: LucideIcon }> = {
  sent: { tone: "completed", icon: CircleCheck },
  timed_out: { tone: "quiet", icon: Clock },
  withdrawn: { tone: "quiet", icon: CircleMinus },
};
