"use client";
import { AlertTriangle, CircleAlert, CircleCheck, FlaskConical, Redo2, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import type { DraftPerson } from "@/core/contracts/draft";
import { Initials } from "@/components/shell/top-bar";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import { useProblemCount } from "./problems/use-problem-count";
import { SaveWords } from "./save-words";
import { useBuilder, useBuilderStore } from "./state/use-builder";

/** Above the canvas: whether everything is saved, who else is here, undo and redo, problems, test. */
export function WorkspaceBar() {
  const store = useBuilderStore();
  const readOnly = useBuilder((state) => state.readOnly);
  const canUndo = useBuilder((state) => state.canUndo);
  const canRedo = useBuilder((state) => state.canRedo);
  const problems = useProblemCount();
  const total = problems.errors + problems.warnings;
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-1 px-4 md:px-6">
      {readOnly ? (
        <span className="text-dense text-ink-2">You can look, not edit. Ask a builder for changes.</span>
      ) : (
        <>
          <IconButton
            label="Undo"
            keys="Control+Z"
            hint="Undo (Ctrl Z)"
            disabled={!canUndo}
            onClick={() => store.getState().undo()}
          >
            <Undo2 size={16} aria-hidden />
          </IconButton>
          <IconButton
            label="Redo"
            keys="Control+Shift+Z"
            hint="Redo (Ctrl Shift Z)"
            disabled={!canRedo}
            onClick={() => store.getState().redo()}
          >
            <Redo2 size={16} aria-hidden />
          </IconButton>
          <SaveWords />
        </>
      )}
      <span className="flex-1" />
      <People />
      <Button
        size="dense"
        icon={
          problems.errors > 0 ? (
            <CircleAlert size={15} aria-hidden className="text-failed" />
          ) : total > 0 ? (
            <AlertTriangle size={15} aria-hidden />
          ) : (
            <CircleCheck size={15} aria-hidden className="text-completed" />
          )
        }
        onClick={() => store.getState().openPanel("problems")}
      >
        {total === 0 ? "No problems" : total === 1 ? "1 problem" : `${String(total)} problems`}
      </Button>
      {!readOnly && (
        <Button
          size="dense"
          icon={<FlaskConical size={15} aria-hidden />}
          onClick={() => store.getState().openPanel("test")}
        >
          Test
        </Button>
      )}
    </div>
  );
}

function IconButton(props: {
  label: string;
  hint: string;
  keys: string;
  disabled: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <Tooltip text={props.hint}>
      <button
        type="button"
        aria-label={props.label}
        aria-keyshortcuts={props.keys}
        aria-disabled={props.disabled || undefined}
        onClick={() => {
          if (!props.disabled) props.onClick();
        }}
        className="inline-flex size-8 items-center justify-center rounded-control text-ink-2 hover:bg-sunken aria-disabled:opacity-40 max-md:size-11"
      >
        {props.children}
      </button>
    </Tooltip>
  );
}

/** Other people who have this workflow open; one each, however many tabs. */
function People() {
  const people = useBuilder((state) => state.people);
  const each = [...new Map(people.map((person) => [person.userId, person])).values()];
  if (each.length === 0) return null;
  return (
    <ul aria-label="Also here" className="mr-2 flex -space-x-1.5">
      {each.slice(0, 4).map((person) => (
        <li key={person.userId}>
          <Tooltip text={`${person.name} has this workflow open too`}>
            <button type="button" aria-label={nameAndPlace(person)} className="rounded-full outline-2 outline-surface">
              <Initials name={person.name} />
            </button>
          </Tooltip>
        </li>
      ))}
      {each.length > 4 && <li className="self-center pl-3 text-dense text-ink-2">and {each.length - 4} more</li>}
    </ul>
  );
}

function nameAndPlace({ name, nodeId }: DraftPerson): string {
  return nodeId === null ? `${name} is here too` : `${name} is here too, at ${nodeId}`;
}
