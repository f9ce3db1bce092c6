import type { RunStep } from "@/core/contracts/run";
import type { ReactNode } from "react";
import { durationWords, exactWords } from "@/components/ui/time-words";
import { JsonView } from "@/components/ui/json-view";
import { DecisionFacts } from "./decision-facts";
import { ShownValue } from "./shown-value";
import { StepAttempts } from "./step-attempts";

/** Everything recorded about one step: times, input, output, error and each attempt; and what can be done from there. */
export function StepDetails({ step, action, runId }: { step: RunStep; action: ReactNode; runId: string | null }) {
  const cut = (side: "input" | "output") =>
    runId !== null && step.cut.includes(side) ? { runId, stepId: step.id } : null;
  return (
    <div className="mt-3 ml-9 flex animate-arrive flex-col gap-4 rounded-control border border-hairline bg-ground p-4">
      <StepTimes step={step} />
      {step.error && (
        <Part title="Error">
          <p className="text-dense text-failed [overflow-wrap:anywhere]">
            {step.error.message} <span className="font-mono text-label">({step.error.code})</span>
          </p>
        </Part>
      )}
      <DecisionFacts step={step} />
      <Answer step={step} />
      {step.warnings.length > 0 && (
        <Part title="Warnings">
          <ul className="list-disc pl-4 text-dense text-ink-2">
            {step.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Part>
      )}
      <Part title="Input">
        <ShownValue label={`Input of ${step.name}`} value={step.input} side="input" cut={cut("input")} />
      </Part>
      {step.output !== null && (
        <Part title="Output">
          <ShownValue label={`Output of ${step.name}`} value={step.output} side="output" cut={cut("output")} />
        </Part>
      )}
      {step.attempts.length > 1 && (
        <Part title="Every attempt">
          <StepAttempts attempts={step.attempts} />
        </Part>
      )}
      {action}
    </div>
  );
}

/** What the service said: all of it when it refused; else what stands beside the body, which is the output. */
function Answer({ step: { name, error, response } }: { step: RunStep }) {
  const { status, headers = {} } = error?.status === undefined ? (response ?? {}) : error;
  if (status === undefined) return null;
  return (
    <Part title={`Answer of the service: ${String(status)}`}>
      {error?.body !== undefined && error.body !== null && (
        <JsonView label={`What the service answered to ${name}`} value={error.body} />
      )}
      <details className="mt-1">
        <summary className="text-label text-ink-3">Headers</summary>
        <JsonView label={`Headers that the service answered to ${name} with`} value={headers} />
      </details>
    </Part>
  );
}

function StepTimes({ step }: { step: RunStep }) {
  const facts = [
    ["Started", step.startedAt === null ? null : exactWords(Date.parse(step.startedAt))],
    ["Ended", step.endedAt === null ? null : exactWords(Date.parse(step.endedAt))],
    ["Took", step.durationMs === null ? null : durationWords(step.durationMs)],
    ["Attempts", String(step.attempt)],
  ] as const;
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-2">
      {facts.map(([label, value]) =>
        value === null ? null : (
          <div key={label}>
            <dt className="text-label text-ink-3">{label}</dt>
            <dd className="text-dense">{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="min-w-0">
      <h4 className="mb-1 text-label font-medium text-ink-3">{title}</h4>
      {children}
    </section>
  );
}
