"use client";
import { CircleCheck } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import { useBuilder } from "@/components/builder/state/use-builder";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { countProblems, problemCountWords, problemGroups } from "./problem-groups";
import { ProblemList } from "./problem-list";
import { QuickFixButtons } from "./quick-fix-buttons";
import { useJump } from "./use-jump";

/** A large broken import may have thousands: finding fixes for all at once would hold up the typing. */
const pageGroups = 30;

/** Everything that keeps the draft from going live or is worth a thought, with the way there. */
export function ProblemsPanel() {
  const issues = useBuilder((state) => state.issues);
  const document = useDeferredValue(useBuilder((state) => state.document));
  const readOnly = useBuilder((state) => state.readOnly);
  const jump = useJump();
  const [shown, setShown] = useState(pageGroups);
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
        <ProblemList
          groups={groups.slice(0, shown)}
          label="Problems by step"
          onJump={({ place }) => jump(place)}
          fixes={({ issue }) => (readOnly ? null : <QuickFixButtons issue={issue} document={document} />)}
        />
      )}
      {groups.length > shown && (
        <Button className="mt-4" onClick={() => setShown(shown + pageGroups)}>
          Show more
        </Button>
      )}
    </section>
  );
}
