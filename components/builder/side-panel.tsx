"use client";
import { clsx } from "clsx";
import { X } from "lucide-react";
import { useProblemCount } from "./problems/use-problem-count";
import { ProblemsPanel } from "./problems/problems-panel";
import type { PanelName } from "./state/builder-state";
import { useBuilder, useBuilderStore } from "./state/use-builder";
import { StepPanel } from "./step/step-panel";
import { StepTestActions } from "./test/step-test-actions";
import { TestPanel } from "./test/test-panel";

const panels: readonly { name: PanelName; label: string; content: () => React.ReactNode }[] = [
  {
    name: "step",
    label: "Step",
    content: () => <StepPanel testActions={(nodeId) => <StepTestActions nodeId={nodeId} />} />,
  },
  { name: "test", label: "Test", content: () => <TestPanel /> },
  { name: "problems", label: "Problems", content: () => <ProblemsPanel /> },
];

/** 400 px beside the canvas: the selected step, the test, the problems. */
export function SidePanel() {
  const store = useBuilderStore();
  const open = useBuilder((state) => state.panel) ?? "step";
  const problems = useProblemCount();
  return (
    <aside
      aria-label="Side panel"
      className="flex w-full shrink-0 flex-col border-l border-hairline bg-surface md:w-[400px]"
    >
      <div className="flex h-11 shrink-0 items-center border-b border-hairline pr-2 pl-4">
        <div role="tablist" aria-label="Panels" className="flex h-full flex-1 gap-5">
          {panels.map(({ name, label }, position) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`panel-tab-${name}`}
              aria-selected={open === name}
              aria-controls="side-panel-content"
              tabIndex={open === name ? 0 : -1}
              onClick={() => store.getState().openPanel(name)}
              onKeyDown={(event) => {
                const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
                const next = panels[(position + step + panels.length) % panels.length];
                if (step === 0 || !next) return;
                store.getState().openPanel(next.name);
                document.getElementById(`panel-tab-${next.name}`)?.focus();
              }}
              className={clsx(
                "inline-flex items-center gap-1.5 border-b-2 font-medium focus-visible:-outline-offset-2",
                open === name ? "border-ink text-ink" : "border-transparent text-ink-2 hover:text-ink",
              )}
            >
              {label}
              {name === "problems" && problems.errors + problems.warnings > 0 && (
                <span className="text-label font-normal text-ink-3">{problems.errors + problems.warnings}</span>
              )}
            </button>
          ))}
        </div>
        <button
          type="button"
          aria-label="Close the panel"
          onClick={() => store.getState().openPanel(null)}
          className="inline-flex size-8 items-center justify-center rounded-control text-ink-2 hover:bg-sunken max-md:size-11"
        >
          <X size={16} aria-hidden />
        </button>
      </div>
      <div
        role="tabpanel"
        id="side-panel-content"
        aria-labelledby={`panel-tab-${open}`}
        className="min-h-0 flex-1 overflow-y-auto"
      >
        {panels.find(({ name }) => name === open)?.content()}
      </div>
    </aside>
  );
}
