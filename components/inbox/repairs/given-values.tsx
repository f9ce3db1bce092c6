import type { RepairContext } from "@/core/contracts/repair";
import { StepAttempts } from "@/components/runs/step-attempts";
import { JsonView } from "@/components/ui/json-view";
import { VisibleText } from "@/components/ui/visible-text";
import { PaneSection } from "../pane-section";

/** What the failed step was given, with the values in front that its error names, and its tries. */
export function GivenValues({ context: { step, failing } }: { context: RepairContext }) {
  if (step === null) return null;
  return (
    <>
      {failing.length > 0 && (
        <PaneSection title={failing.length === 1 ? "The value that it names" : "The values that it names"}>
          <dl className="flex flex-col gap-1 rounded-control bg-failed-tint px-3 py-2 text-failed">
            {failing.map(({ path, value }) => (
              <div key={path} className="flex flex-wrap items-baseline justify-between gap-x-6">
                <dt className="font-mono text-label [overflow-wrap:anywhere]">{path}</dt>
                <dd className="min-w-0 font-semibold [overflow-wrap:anywhere]">
                  {value === null || value === "" ? (
                    "empty"
                  ) : (
                    <VisibleText text={typeof value === "string" ? value : JSON.stringify(value)} />
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </PaneSection>
      )}
      {step.input !== null && (
        <PaneSection title="What it was given">
          <JsonView label={`What ${step.name} was given`} value={step.input} />
        </PaneSection>
      )}
      {step.attempts.length > 0 && (
        <PaneSection title={step.attempts.length === 1 ? "One attempt" : `${String(step.attempts.length)} attempts`}>
          <StepAttempts attempts={step.attempts} />
        </PaneSection>
      )}
    </>
  );
}
