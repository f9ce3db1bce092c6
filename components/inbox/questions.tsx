import type { ApprovalItem } from "@/core/contracts/approval";
import { DottedLine } from "@/components/ui/dotted-line";
import { RelativeTime } from "@/components/ui/relative-time";
import { VisibleText } from "@/components/ui/visible-text";
import { waitingWords } from "./question-words";

/** What was asked back before deciding, and what came of it. */
export function Questions({ item }: { item: Pick<ApprovalItem, "questions" | "status" | "mayAnswer"> }) {
  return (
    <ol className="flex flex-col gap-4">
      {item.questions.map((question) => (
        <li key={question.id} className="flex flex-col gap-1.5 [overflow-wrap:anywhere]">
          <DottedLine
            className="text-dense text-ink-2"
            parts={[
              <VisibleText key="who" text={`${question.by} asked ${question.to}`} />,
              <RelativeTime key="at" at={question.at} />,
            ]}
          />
          <p className="whitespace-pre-wrap">
            <VisibleText text={question.text} />
          </p>
          <div className="border-l-2 pl-3">
            {question.answer === null || question.answeredAt === null ? (
              <p className="text-dense text-ink-2">{waitingWords(item, question)}</p>
            ) : (
              <>
                <DottedLine
                  className="text-dense text-ink-2"
                  parts={[
                    <VisibleText key="who" text={`${question.answeredBy ?? question.to} answered`} />,
                    <RelativeTime key="at" at={question.answeredAt} />,
                  ]}
                />
                <p className="whitespace-pre-wrap">
                  <VisibleText text={question.answer} />
                </p>
              </>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
