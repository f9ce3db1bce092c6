import { CircleAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { TypeTile } from "@/components/ui/type-tile";
import type { Problem, ProblemGroup } from "./problem-groups";
import { jumpLabels } from "./use-jump";

interface ProblemListProps {
  groups: readonly ProblemGroup[];
  label: string;
  onJump: (problem: Problem) => void;
  /** Quick fixes of one problem. */
  fixes?: (problem: Problem) => ReactNode;
}

/** Problems by step: the sentence, the way there, and what can be done at once. */
export function ProblemList({ groups, label, onJump, fixes }: ProblemListProps) {
  return (
    <ul aria-label={label} className="flex flex-col gap-4">
      {groups.map((group) => (
        <li key={group.key}>
          <h3 className="flex items-center gap-2 text-dense font-semibold">
            {group.step !== null && <TypeTile icon={group.step.icon} color={group.step.color} />}
            <span className="min-w-0 [overflow-wrap:anywhere]">{group.title}</span>
          </h3>
          <ul className="mt-1 flex flex-col">
            {group.problems.map((problem, position) => (
              <ProblemRow
                key={`${problem.issue.code} ${problem.issue.path} ${position}`}
                problem={problem}
                where={group.title}
                onJump={onJump}
                fixes={fixes?.(problem)}
              />
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

interface ProblemRowProps {
  problem: Problem;
  /** For screen readers: ten buttons called "Show" are no help. */
  where: string;
  onJump: (problem: Problem) => void;
  fixes: ReactNode;
}

function ProblemRow({ problem, where, onJump, fixes }: ProblemRowProps) {
  const { issue, place } = problem;
  const jump = jumpLabels[place.kind];
  const error = issue.severity === "error";
  const Glyph = error ? CircleAlert : TriangleAlert;
  return (
    <li className="flex items-start gap-2 border-b py-2 text-dense last:border-b-0">
      <Glyph size={15} aria-hidden className={error ? "mt-0.5 shrink-0 text-failed" : "mt-0.5 shrink-0 text-ink-2"} />
      <div className="min-w-0 flex-1">
        <p className="[overflow-wrap:anywhere]">
          <span className="sr-only">{error ? "Problem: " : "Hint: "}</span>
          {issue.message}
        </p>
        {fixes}
      </div>
      {jump !== null && (
        <Button
          look="quiet"
          size="dense"
          className="max-sm:h-11"
          aria-label={`${jump}: ${where}, ${issue.message}`}
          onClick={() => onJump(problem)}
        >
          {jump}
        </Button>
      )}
    </li>
  );
}
