"use client";
import { FolderInput, SearchX, Tag, Trash2, X } from "lucide-react";
import { useState } from "react";
import type { WorkflowListItem } from "@/core/contracts/workflow";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { BulkDialog, type BulkAct } from "./bulk-dialog";
import { OrganizeDialog } from "./organize-dialog";
import { useListActions } from "./use-list-actions";
import { filterWorkflows, folderTree, type WorkflowFilter } from "./workflow-filter";
import { WorkflowMenu } from "./workflow-menu";
import { WorkflowRows } from "./workflow-rows";

interface WorkflowListProps {
  items: readonly WorkflowListItem[];
  filter: WorkflowFilter;
  mayEdit: boolean;
  onClear: () => void;
}

type OpenDialog =
  | { kind: "organize"; workflow: WorkflowListItem }
  | { kind: BulkAct; items: readonly WorkflowListItem[] }
  | null;

/** The rows that match, with a menu each and actions for those that are ticked. */
export function WorkflowList({ items, filter, mayEdit, onClear }: WorkflowListProps) {
  const actions = useListActions();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const [exportProblem, setExportProblem] = useState<string | null>(null);
  const shown = filterWorkflows(items, filter);
  const chosen = shown.filter(({ slug }) => ticked.has(slug));
  const folders = folderTree(items).map(({ path }) => path);
  const problem = actions.duplicateProblem ?? exportProblem;
  if (shown.length === 0)
    return (
      <EmptyState icon={SearchX} title="No workflow matches" action={<Button onClick={onClear}>Show all</Button>}>
        Try another word, folder or status.
      </EmptyState>
    );
  const toggle = (slug: string) => {
    const next = new Set(ticked);
    if (!next.delete(slug)) next.add(slug);
    setTicked(next);
  };
  return (
    <>
      {problem !== null && <Notice tone="failed">{problem}</Notice>}
      {chosen.length > 0 && (
        <BulkBar
          count={chosen.length}
          onAct={(kind) => setDialog({ kind, items: chosen })}
          onClear={() => setTicked(new Set())}
        />
      )}
      <WorkflowRows
        items={shown}
        {...(mayEdit && { selection: { slugs: ticked, toggle } })}
        menu={(workflow) => (
          <WorkflowMenu
            name={workflow.name}
            mayEdit={mayEdit}
            onOrganize={() => setDialog({ kind: "organize", workflow })}
            onDuplicate={() => actions.duplicate(workflow.slug)}
            onExport={() => {
              setExportProblem(null);
              actions
                .exportFile(workflow.slug)
                .catch((error: unknown) =>
                  setExportProblem(error instanceof Error ? error.message : "The file could not be made. Try again."),
                );
            }}
            onTrash={() => setDialog({ kind: "trash", items: [workflow] })}
          />
        )}
      />
      {dialog?.kind === "organize" && (
        <OrganizeDialog
          workflow={dialog.workflow}
          folders={folders}
          onClose={() => setDialog(null)}
          onDone={actions.refresh}
        />
      )}
      {dialog && dialog.kind !== "organize" && (
        <BulkDialog
          act={dialog.kind}
          items={dialog.items}
          folders={folders}
          actions={actions}
          onClose={() => setDialog(null)}
          onDone={() => {
            setDialog(null);
            setTicked(new Set());
          }}
        />
      )}
    </>
  );
}

function BulkBar({ count, onAct, onClear }: { count: number; onAct: (act: BulkAct) => void; onClear: () => void }) {
  return (
    <div
      role="toolbar"
      aria-label="Selected workflows"
      className="flex flex-wrap items-center gap-2 rounded-control bg-sunken px-3 py-2"
    >
      <span aria-live="polite" className="mr-2 font-medium">
        {count} selected
      </span>
      <Button size="dense" icon={<FolderInput size={15} aria-hidden />} onClick={() => onAct("move")}>
        Move
      </Button>
      <Button size="dense" icon={<Tag size={15} aria-hidden />} onClick={() => onAct("tag")}>
        Tag
      </Button>
      <Button size="dense" icon={<Trash2 size={15} aria-hidden />} onClick={() => onAct("trash")}>
        Move to trash
      </Button>
      <span className="flex-1" />
      <Button size="dense" look="quiet" icon={<X size={15} aria-hidden />} onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}
