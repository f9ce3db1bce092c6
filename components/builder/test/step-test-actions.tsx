"use client";
import { Pin, PinOff, Play } from "lucide-react";
import { useState } from "react";
import type { RunStep } from "@/core/contracts/run";
import { indexSpec } from "@/core/workflow/spec-index";
import { resultLine, stepFace } from "@/components/graph/step-face";
import { useBuilder, useBuilderStore } from "@/components/builder/state/use-builder";
import { Button } from "@/components/ui/button";
import { JsonView } from "@/components/ui/json-view";
import { Notice } from "@/components/ui/notice";
import { StatusChip } from "@/components/ui/status-chip";
import { stepDefinitions } from "@/steps/definitions";
import { usePins, useTestBench } from "@/components/builder/state/use-test-bench";
import { LiveDialog } from "./live-dialog";
import { PinDialog } from "./pin-dialog";
import { useExecute } from "./use-execute";
import { usePinning } from "./use-pinning";

/** What the step gave last, and the ways to test around it: run from here, pin its output. */
export function StepTestActions({ nodeId }: { nodeId: string }) {
  const store = useBuilderStore();
  const spec = useBuilder((state) => state.document.spec);
  const sample = useBuilder((state) => state.sampleRun);
  const mayTest = useTestBench().data?.mayTest ?? false;
  const pinned = usePins().get(nodeId) ?? null;
  const pinning = usePinning();
  const execution = useExecute(() => store.getState().openPanel("test"));
  const [isPinning, setPinning] = useState(false);
  const found = indexSpec(spec, stepDefinitions).nodes.get(nodeId);
  const definition = found?.definition;
  if (!found || !definition) return null;

  const last = lastOf(sample?.steps ?? [], nodeId);
  const name = found.node.name ?? definition.title;
  const handles = found.handles ?? [];
  const canPin = !definition.entry && !definition.endsRun && !definition.givesResult && handles.length > 0;
  const problem = execution.problem?.message ?? pinning.problem;
  return (
    <section aria-label="Test of this step" className="flex flex-col gap-3">
      <h3 className="text-dense font-semibold text-ink-2">Last result</h3>
      {last ? <LastResult step={last} /> : <p className="text-dense text-ink-2">This step has not run yet.</p>}
      {pinned && (
        <Notice tone="quiet">Pinned by {pinned.by}. Tests take this output instead of running the step.</Notice>
      )}
      {problem !== null && <Notice tone="failed">{problem}</Notice>}
      {mayTest && (
        <div className="flex flex-wrap gap-2">
          {!definition.entry && (
            <Button
              size="dense"
              icon={<Play size={14} aria-hidden />}
              busy={execution.busy}
              disabled={!sample}
              reason="Execute a test first: what comes before this step is taken from it."
              onClick={() => {
                if (sample) execution.execute(inputOf(sample.input), { nodeId, runId: sample.runId });
              }}
            >
              Run from here
            </Button>
          )}
          {canPin && (
            <Button size="dense" icon={<Pin size={14} aria-hidden />} onClick={() => setPinning(true)}>
              {pinned ? "Change the pin" : "Pin output"}
            </Button>
          )}
          {pinned && (
            <Button
              size="dense"
              icon={<PinOff size={14} aria-hidden />}
              busy={pinning.busy}
              onClick={() => pinning.unpin(nodeId)}
            >
              Unpin
            </Button>
          )}
        </div>
      )}
      {isPinning && (
        <PinDialog
          step={name}
          handles={handles}
          initial={{
            handle: pinned?.handle ?? last?.handle ?? handles[0]?.id ?? "",
            output: pinned ? pinned.output : (last?.output ?? {}),
          }}
          onClose={() => setPinning(false)}
          onPin={(handle, output) => {
            setPinning(false);
            pinning.pin(nodeId, handle, output);
          }}
        />
      )}
      <LiveDialog execution={execution} />
    </section>
  );
}

function LastResult({ step }: { step: RunStep }) {
  const line = resultLine(step);
  const face = stepFace(step);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-dense">
        <StatusChip face={face} />
        {step.iteration !== "" && <span className="text-ink-3">item {step.iteration}</span>}
        {line !== face.word && <span className="min-w-0 text-ink-2 [overflow-wrap:anywhere]">{line}</span>}
      </p>
      {step.warnings.length > 0 && (
        <ul className="list-disc pl-4 text-dense text-ink-2">
          {step.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      {step.output !== null && <JsonView label={`Last output of ${step.name}`} value={step.output} />}
    </div>
  );
}

/** In a loop: of its last item. */
function lastOf(steps: readonly RunStep[], nodeId: string): RunStep | null {
  return steps.findLast((step) => step.nodeId === nodeId && step.status !== "pending") ?? null;
}

/** A run's input came from the server, and so is JSON. */
function inputOf(input: Record<string, unknown>) {
  return input as Parameters<ReturnType<typeof useExecute>["execute"]>[0];
}
