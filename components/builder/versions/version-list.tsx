"use client";
import { GitCompareArrows } from "lucide-react";
import { useState } from "react";
import type { WorkflowDetail } from "@/core/contracts/workflow";
import { draftNumber } from "@/components/builder/publish/preview-words";
import { useBuilder } from "@/components/builder/state/use-builder";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { VersionRows } from "@/components/workflows/version-rows";
import { useVersionActions } from "./use-version-actions";
import { VersionDialog } from "./version-dialog";
import { VersionMenu, type VersionMenuItem } from "./version-menu";
import { inOrder, sideWords, toggleSide, type Side } from "./version-side";
import { restoreWords, rollbackWords } from "./version-words";

interface VersionListProps {
  workflow: WorkflowDetail;
  onCompare: (from: Side, to: Side) => void;
  /** The draft is another one now: show it. */
  onEdit: () => void;
}

type Asked = { kind: "rollback" | "restore"; version: number } | null;

/** Every version with what can be done with it; any two may be compared, the draft included. */
export function VersionList({ workflow, onCompare, onEdit }: VersionListProps) {
  const draft = useBuilder((state) => state.workflow);
  const [chosen, setChosen] = useState<readonly Side[]>([]);
  const [asked, setAsked] = useState<Asked>(null);
  const close = () => setAsked(null);
  const actions = useVersionActions({ onRolledBack: close, onRestored: onEdit });
  const ask = (next: Asked) => {
    actions.forget();
    setAsked(next);
  };
  const [first, second] = chosen;
  const pair = first === undefined || second === undefined ? null : inOrder(first, second);
  const menuOf = (side: Side): VersionMenuItem[] => [
    ...(side !== "draft" && draft.mayEdit
      ? [{ label: "Edit from this version", onChoose: () => ask({ kind: "restore", version: side }) }]
      : []),
    { label: "Download as a file", onChoose: () => actions.download(side) },
  ];
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-ink-2" id="compare-hint">
          {pair === null
            ? "Choose two versions to see what differs."
            : `${sideWords(pair[0])} and ${sideWords(pair[1])} are chosen.`}
        </p>
        <Button
          size="dense"
          className="max-sm:h-11"
          icon={<GitCompareArrows size={15} aria-hidden />}
          disabled={pair === null}
          reason={pair === null ? "Choose two versions first." : null}
          onClick={() => pair !== null && onCompare(...pair)}
        >
          Compare
        </Button>
      </div>
      {actions.downloadProblem !== null && <Notice tone="failed">{actions.downloadProblem}</Notice>}
      <VersionRows
        versions={workflow.versions}
        draft={draft.hasDraft ? { ...draft, number: draftNumber(draft) } : null}
        onRollBack={workflow.may.publish ? (version) => ask({ kind: "rollback", version }) : null}
        choice={(side) => (
          <Choice side={side} chosen={chosen.includes(side)} onToggle={() => setChosen(toggleSide(chosen, side))} />
        )}
        menu={(side) => <VersionMenu of={sideWords(side)} items={menuOf(side)} />}
      />
      {asked?.kind === "rollback" && (
        <VersionDialog
          title={`Roll back to v${asked.version}?`}
          consequence={rollbackWords(asked.version, { ...workflow, hasDraft: draft.hasDraft })}
          submitLabel="Roll back"
          busy={actions.busy}
          problem={actions.problem}
          onClose={close}
          onSubmit={() => actions.rollBack(asked.version)}
        />
      )}
      {asked?.kind === "restore" && (
        <VersionDialog
          title={`Edit from v${asked.version}?`}
          consequence={restoreWords(asked.version, draft.hasDraft)}
          submitLabel="Edit from this version"
          busy={actions.busy}
          problem={actions.problem}
          onClose={close}
          onSubmit={() => actions.restore(asked.version)}
        />
      )}
    </div>
  );
}

function Choice({ side, chosen, onToggle }: { side: Side; chosen: boolean; onToggle: () => void }) {
  return (
    <span className="inline-flex size-7 shrink-0 items-center justify-center max-sm:size-11">
      <input
        type="checkbox"
        aria-label={`Compare ${sideWords(side)}`}
        checked={chosen}
        onChange={onToggle}
        className="size-4 accent-ink"
      />
    </span>
  );
}
