"use client";
import { RotateCcw } from "lucide-react";
import { useEffect, useState } from "react";
import { RunCard } from "@/components/runs/run-card";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Facts } from "@/components/ui/facts";
import { useClock } from "@/components/ui/clock";
import { demoNext, demoRun, isRejected, type DemoPhase } from "./demo-run";

/** The example that visitors decide themselves: the run holds until they press a button, then goes on. */
export function DemoCard() {
  const [phase, setPhase] = useState<DemoPhase>("holding");
  const now = useClock();
  useEffect(() => {
    const next = demoNext[phase];
    if (!next) return;
    const timer = setTimeout(() => setPhase(next.phase), next.afterMs);
    return () => clearTimeout(timer);
  }, [phase]);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_360px]">
      <RunCard run={demoRun(phase, now)} />
      <div className="flex flex-col gap-3">
        <Card bar={phase === "holding" ? "person" : isRejected(phase) ? "quiet" : "completed"} className="text-left">
          <div className="px-5 pt-4 pb-2">
            <h3 className="mb-2 text-reading font-semibold">Approval request</h3>
            <Facts dense items={requestFacts} />
          </div>
          <div className="border-t px-5 py-4" aria-live="polite">
            {phase === "holding" ? (
              <DecideButtons onDecide={setPhase} />
            ) : (
              <Outcome phase={phase} onRestart={() => setPhase("holding")} />
            )}
          </div>
        </Card>
        <p className="px-1 text-label text-ink-3">An example: nothing is charged and nobody is written to.</p>
      </div>
    </div>
  );
}

const requestFacts = [
  { label: "Customer", value: "jane@acme.com" },
  { label: "Action", value: <span className="font-mono text-dense">subscription.upgrade</span> },
  { label: "Plan change", value: "Pro → Enterprise" },
  { label: "Amount", value: "$42.60/mo prorated" },
];

function DecideButtons({ onDecide }: { onDecide: (phase: DemoPhase) => void }) {
  return (
    <div className="flex gap-2">
      <Button look="primary" className="flex-1" onClick={() => onDecide("executing")}>
        Approve
      </Button>
      <Button className="flex-1" onClick={() => onDecide("explaining")}>
        Reject
      </Button>
    </div>
  );
}

function Outcome({ phase, onRestart }: { phase: DemoPhase; onRestart: () => void }) {
  return (
    <div className="flex min-h-9 items-center justify-between gap-3">
      <p className="font-medium">{outcomeWords[phase]}</p>
      {demoNext[phase] === undefined && (
        <Button look="quiet" size="dense" icon={<RotateCcw size={14} aria-hidden />} onClick={onRestart}>
          Start over
        </Button>
      )}
    </div>
  );
}

const outcomeWords: Record<DemoPhase, string> = {
  holding: "",
  executing: "Approved. Billing runs now.",
  confirming: "Billed. Jane hears about it next.",
  done: "Done. Jane is on Enterprise.",
  explaining: "Rejected. Nothing is charged.",
  declined: "Rejected. Jane was told why.",
};
