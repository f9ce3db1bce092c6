"use client";
import { CircleCheck } from "lucide-react";
import { useMemo } from "react";
import { useBuilder } from "@/components/builder/state/use-builder";
import { EmptyState } from "@/components/ui/empty-state";
import { problemCountWords, problemGroups, countProblems } from "./problem-groups";
import { ProblemList } from "./problem-list";
import { useJump } from "./use-jump";

/** Everything that keeps the draft from going live or is worth a thought, with the way there. */
export function ProblemsPanel() {
  const issues = useBuilder((state) => state.issues);
  const document = useBuilder((state) => state.document);
  const jump = useJump();
  const groups = useMemo(() => problemGroups(issues, document), [issues, document]);
  const count = countProblems(issues);
  return (
    <section aria-label="Problems" className="p-4">
      <p role="status" className={count.total === 0 ? "sr-only" : "mb-4 text-dense text-ink-2"}>
        {problemCountWords(count)}
        {count.errors > 0 && ". Problems block publishing; hints do not."}
      </p>
      {count.total === 0 ? (
        <EmptyState icon={CircleCheck} title="Nothing to fix">
          Problems appear here while you build, with the way to solve them.
        </EmptyState>
      ) : (
        <ProblemList groups={groups} label="Problems by step" onJump={({ place }) => jump(place)} />
      )}
    </section>
  );
}
