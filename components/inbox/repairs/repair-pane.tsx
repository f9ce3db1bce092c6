"use client";
import { useRef } from "react";
import type { RepairContext } from "@/core/contracts/repair";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { VisibleText } from "@/components/ui/visible-text";
import { useFocusKept } from "../inbox-focus";
import { PaneHead } from "../pane-head";
import { PaneSection } from "../pane-section";
import { StepHistory } from "../step-history";
import { useRested } from "../use-rested";
import { GivenValues } from "./given-values";
import { RepairActions } from "./repair-actions";
import { RepairChip } from "./repair-chip";
import { settledWords, triedWords } from "./repair-words";
import { RoundNews } from "./round-news";
import { useRepair } from "./use-repair";

interface RepairPaneProps {
  context: RepairContext;
  /** `T` tries it again. */
  keys: boolean;
  /** `sentence`: what came of it. */
  onAnswered: (id: string, sentence: string) => void;
}

/** A failed run unfolded: the cause, what the step was given, what stays, and the choices. Give it a `key` per run. */
export function RepairPane({ context, keys, onAnswered }: RepairPaneProps) {
  const repairing = useRepair(context.id, onAnswered);
  const resting = !useRested(context);
  const pane = useRef<HTMLDivElement>(null);
  useFocusKept(pane);
  const done = context.steps.filter(({ status }) => status === "completed");
  return (
    <div ref={pane} className="flex h-full min-h-0 flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-5 md:px-6">
        <div className="mx-auto flex max-w-[680px] flex-col gap-8">
          <RepairHeader context={context} />
          {context.round && <RoundNews round={context.round} />}
          <GivenValues context={context} />
          {done.length > 0 && (
            <PaneSection
              title="Done already, and kept"
              note="“Try again” does none of this once more, and asks nobody again."
            >
              <StepHistory steps={done} />
            </PaneSection>
          )}
        </div>
      </div>
      {context.status === "open" && (
        <div className="sticky bottom-14 low:static border-t bg-surface px-4 py-3 md:static md:px-6">
          <div className="mx-auto max-w-[680px]">
            <RepairActions context={context} repairing={repairing} resting={resting} keys={keys} />
          </div>
        </div>
      )}
    </div>
  );
}

function RepairHeader({ context }: { context: RepairContext }) {
  const { settled, triedBefore } = context;
  return (
    <header className="flex flex-col gap-3">
      <div>
        <PaneHead item={context} chip={<RepairChip item={context} />} waits={settled === null} since="failed " />
      </div>
      <Notice tone="failed">
        <VisibleText text={context.detail} />
      </Notice>
      {settled === null && triedBefore !== null && (
        <p className="rounded-control bg-quiet-tint px-3 py-2 [overflow-wrap:anywhere]">
          <VisibleText text={triedWords(triedBefore)} /> · <RelativeTime at={triedBefore.at} />
        </p>
      )}
      {settled !== null && (
        <p className="rounded-control bg-quiet-tint px-3 py-2 [overflow-wrap:anywhere]">
          <VisibleText text={settledWords(settled)} /> · <RelativeTime at={settled.at} />
        </p>
      )}
    </header>
  );
}
