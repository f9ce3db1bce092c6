import { CircleAlert, TriangleAlert } from "lucide-react";
import type { ImportReading } from "@/core/contracts/library";
import { Notice } from "@/components/ui/notice";
import { countWords, placeWords, summaryWords } from "./import-words";

/** What a dry run understood, and every problem with its place in the text. */
export function ImportReport({ reading }: { reading: ImportReading }) {
  const { summary, problems, readable } = reading;
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return (
    <div className="flex flex-col gap-3">
      {summary && (
        <Notice tone={errors === 0 ? "completed" : "quiet"}>
          <p>{summaryWords(summary)}</p>
          {summary.slugTaken && (
            <p>{`There is a workflow "${summary.slug ?? ""}" already, so this one gets another address.`}</p>
          )}
        </Notice>
      )}
      {problems.length > 0 && (
        <section aria-label="Problems">
          <p className="mb-1.5 text-dense font-medium">
            {countWords(problems)}
            {readable && errors > 0 && ". You can import it and correct them in the builder."}
          </p>
          <ul className="flex flex-col gap-1.5">
            {problems.map((problem) => (
              <li
                key={`${problem.code} ${problem.path} ${problem.message}`}
                className="flex items-start gap-2 text-dense"
              >
                {problem.severity === "error" ? (
                  <CircleAlert size={15} aria-label="Error" className="mt-0.5 shrink-0 text-failed" />
                ) : (
                  <TriangleAlert size={15} aria-label="Warning" className="mt-0.5 shrink-0 text-ink-2" />
                )}
                <span className="min-w-0 [overflow-wrap:anywhere]">
                  <span className="text-ink-2">{placeWords(problem)}: </span>
                  {problem.message}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
