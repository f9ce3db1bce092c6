"use client";
import type { AskContext } from "@/core/contracts/inbox";
import { formDrafts } from "@/components/data/draft-store";
import { answerRows, typedRows, type AnswerRow } from "@/components/fields/answer-rows";
import { personsLocale } from "@/components/fields/persons-locale";
import { OpenFiles } from "@/components/fields/open-file";
import { Facts } from "@/components/ui/facts";
import { Notice } from "@/components/ui/notice";
import { PaneSection } from "../pane-section";
import { readAskDraft } from "./ask-draft";
import { draftOfAsk } from "./use-answer";

/** What was answered; and below it what the reader wrote in vain, because somebody, or time, was faster. */
export function Answered({ context }: { context: AskContext }) {
  if (context.status === "open") return null;
  const given = givenRows(context);
  const unsent = unsentRows(context);
  return (
    <>
      {given.length > 0 && (
        <PaneSection title="What was answered">
          <Facts
            items={given.map(({ label, value, files }) => ({
              label,
              value: files ? <OpenFiles files={files} /> : value,
            }))}
          />
        </PaneSection>
      )}
      {unsent.length > 0 && (
        <PaneSection title="What you wrote">
          <Notice tone="quiet">It was not sent. You can still read it here, and copy it if you need it.</Notice>
          <Facts items={[...unsent]} />
        </PaneSection>
      )}
    </>
  );
}

function givenRows({ answer, form }: AskContext): AnswerRow[] {
  if (answer === null) return [];
  if (form && answer.values) return answerRows(form.schema, answer.values, { locale: personsLocale() });
  return rowsOf([
    ["Answer", answer.words],
    ["Note", answer.note],
  ]);
}

function unsentRows({ id, form, question }: AskContext): AnswerRow[] {
  if (form) return typedRows(form.schema, formDrafts.read(draftOfAsk(id)));
  const { message, resolution, note, choice } = readAskDraft(id);
  return rowsOf([
    ["Answer", question?.choices.find(({ value }) => value === choice)?.label ?? null],
    ["Message", message],
    ["What came of it", resolution],
    ["Note", note],
  ]);
}

function rowsOf(rows: readonly [label: string, value: string | null][]): AnswerRow[] {
  return rows.flatMap(([label, value]) => (value === null || value === "" ? [] : [{ label, value }]));
}
