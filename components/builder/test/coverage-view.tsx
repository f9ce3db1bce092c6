"use client";
import type { TestBench } from "@/core/contracts/test-run";
import { useBuilder, useBuilderStore } from "@/components/builder/state/use-builder";
import { stepDefinitions } from "@/steps/definitions";
import { branchCoverage, coverageWords } from "./coverage";

/** Which branches no test of this draft has taken; each leads to its step. */
export function CoverageView({ taken }: { taken: TestBench["taken"] }) {
  const store = useBuilderStore();
  const spec = useBuilder((state) => state.document.spec);
  const coverage = branchCoverage(spec, stepDefinitions, taken);
  return (
    <div className="flex flex-col gap-2">
      <p className="text-dense text-ink-2">{coverageWords(coverage)}</p>
      {coverage.untested.length > 0 && (
        <ul className="-mx-2 flex flex-col">
          {coverage.untested.map((branch) => (
            <li key={`${branch.nodeId}:${branch.handle}`}>
              <button
                type="button"
                onClick={() => store.getState().openStep(branch.nodeId)}
                className="flex min-h-7 w-full items-center rounded-control px-2 py-1 text-left text-dense hover:bg-sunken max-sm:min-h-11"
              >
                <span>
                  <span className="font-medium">{branch.label}</span> of {branch.step} was never tested
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
