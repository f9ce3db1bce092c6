import type { ConsoleConversation } from "@/core/contracts/console";
import type { JsonObject } from "@/core/json";
import { AnswerCopy } from "@/components/fields/answer-copy";
import { answerRows } from "@/components/fields/answer-rows";
import { personsLocale } from "@/components/fields/persons-locale";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { VisibleText } from "@/components/ui/visible-text";

type Form = ConsoleConversation["pastForms"][number];

/** A form that the customer was asked to fill in, and what came of it. What is sensitive is covered. */
export function PastForm({ form }: { form: Form }) {
  // A schema's answers are a JSON document.
  const rows = answerRows(form.schema, form.values as JsonObject, { locale: personsLocale() });
  return (
    <Card bar="quiet" className="flex flex-col gap-2 px-4 py-3">
      <p className="flex flex-wrap items-baseline gap-x-2 text-dense">
        <span className="font-semibold">
          <VisibleText text={form.title} />
        </span>
        <span>{wordsOf(form)}</span>
        <span className="text-label text-ink-3">
          <RelativeTime at={form.endedAt} />
        </span>
      </p>
      <AnswerCopy label="Answers" rows={rows} />
    </Card>
  );
}

function wordsOf({ outcome, by }: Form): string {
  if (outcome === "timed_out") return "The customer did not answer in time.";
  if (outcome === "withdrawn") return "No longer asked.";
  return by === "team" ? "A colleague filled this in." : "The customer answered.";
}
