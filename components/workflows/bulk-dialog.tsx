"use client";
import { useState } from "react";
import type { WorkflowListItem } from "@/core/contracts/workflow";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { FolderField } from "./folder-field";
import type { BulkResult, useListActions } from "./use-list-actions";
import { readTags } from "./workflow-filter";

export type BulkAct = "move" | "tag" | "trash";

interface BulkDialogProps {
  act: BulkAct;
  items: readonly WorkflowListItem[];
  folders: readonly string[];
  actions: Pick<ReturnType<typeof useListActions>, "move" | "addTags" | "trash">;
  onClose: () => void;
  /** Everything was done. */
  onDone: () => void;
}

/** Moves, tags or deletes one or several workflows; what is refused is named and the rest is done. */
export function BulkDialog({ act, items, folders, actions, onClose, onDone }: BulkDialogProps) {
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<BulkResult | null>(null);
  const many = items.length === 1 ? (items[0]?.name ?? "") : `${String(items.length)} workflows`;
  const run = async () => {
    setBusy(true);
    const after = await {
      move: () => actions.move(items, text),
      tag: () => actions.addTags(items, readTags(text)),
      trash: () => actions.trash(items),
    }[act]();
    setBusy(false);
    if (after.problems.length > 0) setResult(after);
    else onDone();
  };
  const words = faces[act];
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`${words.title} ${many}${act === "trash" ? "?" : ""}`}
      description={words.description}
      footer={
        result ? (
          <Button look="primary" onClick={onDone}>
            Close
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>Not now</Button>
            <Button look={act === "trash" ? "danger" : "primary"} type="submit" form="bulk" busy={busy}>
              {words.submit}
            </Button>
          </>
        )
      }
    >
      <form
        id="bulk"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        {result && (
          <Notice tone="failed">
            {result.done > 0 && <p>{`Done for ${String(result.done)}.`}</p>}
            <ul>
              {result.problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          </Notice>
        )}
        {!result && act === "move" && <FolderField value={text} folders={folders} onChange={setText} />}
        {!result && act === "tag" && (
          <Field label="Tags to add" hint="Separated by commas, e.g. billing, customers">
            {(control) => <Input {...control} value={text} onChange={(event) => setText(event.target.value)} />}
          </Field>
        )}
        {!result && act === "trash" && (
          <ul className="list-inside list-disc text-ink-2">
            {items.slice(0, 8).map(({ slug, name }) => (
              <li key={slug}>{name}</li>
            ))}
            {items.length > 8 && <li>and {items.length - 8} more</li>}
          </ul>
        )}
      </form>
    </Dialog>
  );
}

const faces: Record<BulkAct, { title: string; description: string; submit: string }> = {
  move: { title: "Move", description: "Left empty, they lie in no folder.", submit: "Move" },
  tag: { title: "Tag", description: "Tags that are there already stay.", submit: "Add tags" },
  trash: {
    title: "Delete",
    description: "Nothing new starts, and webhook addresses stop working. The trash keeps it for 30 days.",
    submit: "Move to trash",
  },
};
