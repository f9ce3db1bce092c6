"use client";
import { FlaskConical } from "lucide-react";
import { useRef, useState } from "react";
import type { TestBench } from "@/core/contracts/test-run";
import { isFinalRunStatus } from "@/core/engine/transitions";
import { useBuilder, useBuilderStore } from "@/components/builder/state/use-builder";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useTestBench } from "@/components/builder/state/use-test-bench";
import { CoverageView } from "./coverage-view";
import { LiveDialog } from "./live-dialog";
import { PanelSection } from "./panel-section";
import { PinnedSteps } from "./pinned-steps";
import { RecentTests } from "./recent-tests";
import { TestInput } from "./test-input";
import { TestRunView } from "./test-run-view";
import { useExecute } from "./use-execute";

/** Execute runs the draft for real, with the tester in the place of everybody else. */
export function TestPanel() {
  const bench = useTestBench();
  if (bench.data) return <LoadedPanel bench={bench.data} />;
  if (bench.error !== null)
    return <ErrorState title="The tests did not load" message={bench.error} onRetry={bench.refetch} />;
  return (
    <div className="p-4">
      <SkeletonRows rows={6} label="Loading the tests" />
    </div>
  );
}

function LoadedPanel({ bench }: { bench: TestBench }) {
  const store = useBuilderStore();
  const shown = useBuilder((state) => state.sampleRun?.runId ?? null);
  const errors = useBuilder((state) => state.issues.filter(({ severity }) => severity === "error").length);
  const [isEditing, setEditing] = useState(() => !isUnderWay(bench, shown));
  const result = useRef<HTMLDivElement>(null);
  const execution = useExecute(() => {
    setEditing(false);
    result.current?.focus();
  });
  if (!bench.mayTest && shown === null)
    return (
      <EmptyState icon={FlaskConical} title="No test to look at">
        Builders test workflows here. What they run shows in this panel and on the canvas.
      </EmptyState>
    );
  return (
    <div className="flex flex-col">
      {bench.mayTest && (
        <PanelSection
          title="Input"
          aside={
            !isEditing && (
              <Button size="dense" onClick={() => setEditing(true)}>
                Test again
              </Button>
            )
          }
        >
          {isEditing ? (
            <>
              {errors > 0 && (
                <div className="mb-4">
                  <Notice
                    tone="quiet"
                    action={
                      <Button size="dense" onClick={() => store.getState().openPanel("problems")}>
                        Show problems
                      </Button>
                    }
                  >
                    {errors === 1 ? "1 problem keeps" : `${String(errors)} problems keep`} this draft from running.
                  </Notice>
                </div>
              )}
              <TestInput
                bench={bench}
                busy={execution.busy}
                problem={execution.problem}
                onExecute={execution.execute}
              />
            </>
          ) : (
            <InputLine />
          )}
        </PanelSection>
      )}
      <div ref={result} tabIndex={-1} className="outline-none">
        {shown !== null && (
          <PanelSection title="Result">
            <TestRunView key={shown} runId={shown} mayAct={bench.mayTest} />
          </PanelSection>
        )}
      </div>
      {bench.pins.length > 0 && (
        <PanelSection title="Pinned steps">
          <PinnedSteps pins={bench.pins} mayUnpin={bench.mayTest} />
        </PanelSection>
      )}
      <PanelSection title="Branches">
        <CoverageView taken={bench.taken} />
      </PanelSection>
      {bench.runs.length > 0 && (
        <PanelSection title="Earlier runs">
          <RecentTests runs={bench.runs} />
        </PanelSection>
      )}
      <LiveDialog execution={execution} />
    </div>
  );
}

/** A test that goes on, or was started a moment ago, is what somebody comes here for; otherwise it is the next one. */
function isUnderWay({ runs }: TestBench, shown: string | null): boolean {
  const run = shown === null ? runs.find(({ test }) => test) : runs.find(({ id }) => id === shown);
  if (run) return run.test && !isFinalRunStatus(run.status);
  return shown !== null;
}

/** What the run that is shown was given, on one line. */
function InputLine() {
  const input = useBuilder((state) => state.sampleRun?.input);
  const text = JSON.stringify(input ?? {});
  return (
    <p className="truncate font-mono text-dense text-ink-2" title={text}>
      {text === "{}" ? "Nothing filled in" : text}
    </p>
  );
}
