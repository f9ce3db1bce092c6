import type { PublishPreview } from "@/core/contracts/draft";
import { ProblemList } from "@/components/builder/problems/problem-list";
import type { Problem, ProblemGroup } from "@/components/builder/problems/problem-groups";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { ChangeList, changeCountWords } from "@/components/changes/change-list";
import { blockedWords, overtakenWords } from "./preview-words";

interface PublishReviewProps {
  preview: PublishPreview;
  errors: readonly ProblemGroup[];
  warnings: readonly ProblemGroup[];
  note: string;
  onNote: (note: string) => void;
  onJump: (problem: Problem) => void;
}

/** What is about to go live, or what keeps it from going live. */
export function PublishReview({ preview, errors, warnings, note, onNote, onJump }: PublishReviewProps) {
  const blocked = blockedWords(preview);
  const against = preview.publishedVersion === null ? "In this version" : `Changes since v${preview.publishedVersion}`;
  return (
    <div className="flex flex-col gap-5">
      {preview.overtakenBy !== null && <Notice tone="quiet">{overtakenWords(preview.overtakenBy)}</Notice>}
      {blocked !== null && (
        <section>
          <h3 className="mb-2 font-semibold text-failed">{blocked}</h3>
          <ProblemList groups={errors} label="Problems to solve first" onJump={onJump} />
        </section>
      )}
      <section>
        <h3 className="mb-1 font-semibold">
          {against} <span className="ml-1 font-normal text-ink-3">{changeCountWords(preview.changes.length)}</span>
        </h3>
        <ChangeList changes={preview.changes} label={against} />
      </section>
      {blocked === null && (
        <Field label="What changed" optional hint="Stands in the version history.">
          {(control) => (
            <Input {...control} maxLength={200} value={note} onChange={(event) => onNote(event.target.value)} />
          )}
        </Field>
      )}
      {warnings.length > 0 && (
        <section>
          <h3 className="mb-2 font-semibold">Worth a thought</h3>
          <ProblemList groups={warnings} label="Hints" onJump={onJump} />
        </section>
      )}
    </div>
  );
}
