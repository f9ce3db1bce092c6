"use client";
import { clsx } from "clsx";
import { Keyboard, List, Plus, Search, Wand2, Workflow } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { useKeyHint, useLetterKeys } from "@/components/ui/letter-keys-choice";
import { Tooltip } from "@/components/ui/tooltip";
import { useBuilder } from "@/components/builder/state/use-builder";
import { useCanvasActions } from "./canvas-actions";
import { useCanvasUi } from "./canvas-ui";
import type { CanvasViewName } from "./view-choice";

/** Add Step, canvas or outline, find, tidy up, keys. Floats over the canvas; stands above the outline. */
export function CanvasToolbar({ view, onView }: { view: CanvasViewName; onView: (view: CanvasViewName) => void }) {
  const actions = useCanvasActions();
  const readOnly = useBuilder((state) => state.readOnly);
  const tidying = useCanvasUi((state) => state.tidying);
  const floating = view === "canvas";
  const addHint = useKeyHint("A");
  return (
    <div
      className={clsx(
        "flex flex-wrap items-center gap-2 p-3",
        floating
          ? "pointer-events-none absolute inset-x-0 top-0 z-10 [&>*]:pointer-events-auto"
          : "border-b border-hairline",
      )}
    >
      {!readOnly && (
        <Button
          id="add-step"
          icon={<Plus size={16} aria-hidden />}
          {...addHint}
          aria-haspopup="dialog"
          onClick={() => actions.run("add")}
        >
          Add Step <Kbd>A</Kbd>
        </Button>
      )}
      <div
        role="group"
        aria-label="View"
        className="inline-flex rounded-control border border-control bg-surface p-0.5"
      >
        {views.map(({ name, label, icon }) => (
          <button
            key={name}
            type="button"
            aria-pressed={view === name}
            onClick={() => onView(name)}
            className={clsx(
              "inline-flex h-8 items-center gap-1.5 rounded-chip px-2.5 text-dense font-medium max-md:h-10",
              view === name ? "bg-ink text-ground" : "text-ink-2 hover:bg-sunken hover:text-ink",
            )}
          >
            {icon} <span className="max-sm:sr-only">{label}</span>
          </button>
        ))}
      </div>
      <span className="flex-1" />
      <div className="inline-flex rounded-control border border-control bg-surface p-0.5">
        <ToolButton label="Find a step" letter="/" onClick={() => actions.run("search")}>
          <Search size={16} aria-hidden />
        </ToolButton>
        {!readOnly && floating && (
          <ToolButton label="Tidy up the layout" letter="L" busy={tidying} onClick={() => actions.run("layout")}>
            <Wand2 size={16} aria-hidden />
          </ToolButton>
        )}
        <ToolButton label="Keys" letter="?" onClick={() => actions.run("keys")}>
          <Keyboard size={16} aria-hidden />
        </ToolButton>
      </div>
    </div>
  );
}

const views: readonly { name: CanvasViewName; label: string; icon: ReactNode }[] = [
  { name: "canvas", label: "Canvas", icon: <Workflow size={15} aria-hidden /> },
  { name: "outline", label: "Outline", icon: <List size={15} aria-hidden /> },
];

function ToolButton(props: {
  label: string;
  /** The key that does the same. */
  letter: string;
  busy?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  const { letterKeys } = useLetterKeys();
  return (
    <Tooltip text={letterKeys === "on" ? `${props.label} ( ${props.letter} )` : props.label}>
      <button
        type="button"
        aria-label={props.label}
        aria-busy={props.busy === true || undefined}
        onClick={props.onClick}
        className={clsx(
          "inline-flex size-8 items-center justify-center rounded-chip text-ink-2 hover:bg-sunken hover:text-ink max-md:size-10",
          props.busy === true && "opacity-50",
        )}
      >
        {props.children}
      </button>
    </Tooltip>
  );
}
