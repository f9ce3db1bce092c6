"use client";
import { clsx } from "clsx";
import {
  ChevronDown,
  ChevronRight,
  CircleAlert,
  CornerDownRight,
  MoreHorizontal,
  Pin,
  Plus,
  PowerOff,
  Repeat,
  Split,
  StickyNote,
  TriangleAlert,
  Unlink,
  UserRound,
} from "lucide-react";
import { memo, type CSSProperties, type ReactNode } from "react";
import { Chip } from "@/components/ui/chip";
import { StatusChip } from "@/components/ui/status-chip";
import { TypeTile } from "@/components/ui/type-tile";
import type { NodeState } from "@/components/graph/node-state";
import { BranchTarget } from "./branch-target";
import { lineOf } from "@/components/builder/canvas/step-facts";
import type { OutlineRow } from "./outline-rows";
import type { RowActions } from "./row-actions";

export interface RowMarks {
  selected: boolean;
  focused: boolean;
  problems: number;
  errors: number;
  state: NodeState | null;
  people: string;
  pinned: boolean;
  readOnly: boolean;
}

interface OutlineRowLineProps extends RowMarks {
  row: OutlineRow;
  /** The same object every time: a line is drawn again only when something about it changes. */
  actions: RowActions;
}

/** One line: a step, a branch, what a loop repeats, or where a branch goes on. */
export const OutlineRowLine = memo(function OutlineRowLine({ row, actions, ...marks }: OutlineRowLineProps) {
  const { item, level, open, position, siblings } = row;
  const { focused, selected, readOnly } = marks;
  const Fold = open === true ? ChevronDown : ChevronRight;
  return (
    <div
      role="treeitem"
      id={`outline-${item.key}`}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-expanded={open ?? undefined}
      aria-selected={selected}
      aria-label={rowWords(row, marks)}
      tabIndex={focused ? 0 : -1}
      onKeyDown={(event) => actions.onKeyDown(row, event)}
      onFocus={(event) => event.target === event.currentTarget && actions.onFocus(row)}
      onClick={() => actions.onActivate(row)}
      // React's type of styles knows no custom properties.
      style={{ "--depth": level - 1 } as CSSProperties}
      className={clsx(
        "group flex pl-[calc(8px+var(--depth)*20px)] max-md:gap-1.5 max-md:pl-[calc(var(--depth)*8px)] min-h-10 cursor-pointer items-center gap-2 rounded-control pr-2 focus-visible:-outline-offset-2 max-md:min-h-12",
        selected ? "bg-running-tint" : "hover:bg-sunken",
      )}
    >
      {open === null ? (
        <span className="w-5 shrink-0" />
      ) : (
        <span
          aria-hidden
          onClick={(event) => {
            event.stopPropagation();
            actions.onToggle(row);
          }}
          className="inline-flex size-5 shrink-0 items-center justify-center text-ink-3 max-md:size-8"
        >
          <Fold size={14} />
        </span>
      )}
      <RowText row={row} marks={marks} />
      {!readOnly && (
        <span
          className={clsx(
            "ml-auto flex shrink-0 items-center gap-1",
            !selected && !focused && "md:opacity-0 md:group-hover:opacity-100 md:focus-within:opacity-100",
          )}
        >
          {item.kind === "branch" && item.edge === null && (selected || focused) && (
            <BranchTarget row={row} label={item.label} actions={actions} />
          )}
          {(item.kind === "branch" || item.kind === "body") && (
            <RowButton
              label={item.kind === "body" ? "Add a step to the loop" : `Add a step: ${item.label}`}
              focused={focused}
              onPress={(element) => actions.onAdd(row, element)}
            >
              <Plus size={16} aria-hidden />
            </RowButton>
          )}
          {item.kind === "jump" && (
            <RowButton
              label={`Remove the connection to ${item.title}`}
              focused={focused}
              onPress={() => actions.onRemove(row)}
            >
              <Unlink size={15} aria-hidden />
            </RowButton>
          )}
          {item.kind === "step" && (
            <RowButton
              label={`Actions for ${item.step.facts.title}`}
              focused={focused}
              onPress={(element) => actions.onMenu(row, element)}
            >
              <MoreHorizontal size={16} aria-hidden />
            </RowButton>
          )}
        </span>
      )}
    </div>
  );
});

function RowText({ row: { item }, marks }: { row: OutlineRow; marks: RowMarks }) {
  if (item.kind === "branch")
    return (
      <span className="inline-flex min-w-0 items-center gap-2 text-dense">
        <Split size={14} aria-hidden className="shrink-0 text-ink-3" />
        <span className="truncate font-medium text-ink-2">{item.label}</span>
        {item.edge === null && <span className="shrink-0 text-ink-3">nothing follows</span>}
      </span>
    );
  if (item.kind === "jump")
    return (
      <span className="inline-flex min-w-0 items-center gap-2 text-dense text-ink-2">
        <CornerDownRight size={14} aria-hidden className="shrink-0 text-ink-3" />
        <span className="truncate">goes on at {item.title}</span>
      </span>
    );
  if (item.kind === "body")
    return (
      <span className="inline-flex items-center gap-2 text-dense font-medium text-ink-2">
        <Repeat size={14} aria-hidden className="text-ink-3" /> Repeats{item.children.length === 0 && ": nothing yet"}
      </span>
    );
  if (item.kind === "loose")
    return <span className="text-dense font-medium text-ink-2">Not connected: no run gets here</span>;
  const { facts, node, first } = item.step;
  const begun = marks.state !== null && marks.state.status !== "pending";
  return (
    <>
      <TypeTile icon={facts.icon} color={facts.color} muted={node.disabled === true} />
      <span className="flex min-w-0 items-center gap-2 py-1 max-md:flex-1 max-md:flex-col max-md:items-start max-md:gap-1 max-md:py-2">
        <span className="min-w-0 max-md:w-full">
          <span className="block truncate font-medium max-md:whitespace-normal">{facts.title}</span>
          <span className="block truncate text-label text-ink-2">{begun ? marks.state?.line : lineOf(facts)}</span>
        </span>
        <span className="flex shrink-0 items-center gap-1.5 text-ink-3 empty:hidden max-md:max-w-full max-md:shrink max-md:flex-wrap">
          {first && facts.takesInput && <Chip>{item.step.container === null ? "Runs begin here" : "First"}</Chip>}
          {node.disabled === true && <Chip icon={PowerOff}>Off</Chip>}
          {begun && marks.state && <StatusChip face={marks.state.face} />}
          {marks.problems > 0 && (
            <span
              className={clsx(
                "inline-flex items-center gap-1 text-label font-semibold",
                marks.errors > 0 ? "text-failed" : "text-ink-2",
              )}
            >
              {marks.errors > 0 ? <CircleAlert size={14} aria-hidden /> : <TriangleAlert size={14} aria-hidden />}
              {marks.problems}
            </span>
          )}
          {marks.pinned && <Pin size={14} aria-hidden />}
          {(node.note ?? "") !== "" && (
            <span title={node.note}>
              <StickyNote size={14} aria-hidden />
            </span>
          )}
          {marks.people !== "" && <Chip icon={UserRound}>{marks.people}</Chip>}
        </span>
      </span>
    </>
  );
}

function RowButton(props: {
  label: string;
  focused: boolean;
  onPress: (element: HTMLElement) => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-label={props.label}
      title={props.label}
      tabIndex={props.focused ? 0 : -1}
      onClick={(event) => {
        event.stopPropagation();
        props.onPress(event.currentTarget);
      }}
      className="inline-flex size-8 items-center justify-center rounded-control text-ink-2 hover:bg-hairline hover:text-ink max-md:size-11"
    >
      {props.children}
    </button>
  );
}

/** The whole line in words, for those who hear it. */
function rowWords({ item }: OutlineRow, { problems, state, people, pinned }: RowMarks): string {
  if (item.kind === "branch")
    return item.edge === null ? `Branch ${item.label}, nothing follows` : `Branch ${item.label}`;
  if (item.kind === "jump") return `Goes on at ${item.title}`;
  if (item.kind === "body") return item.children.length === 0 ? "Repeats nothing yet" : "Repeats";
  if (item.kind === "loose") return "Not connected, no run gets here";
  const { facts, node, first } = item.step;
  const parts = [
    facts.title,
    facts.title === facts.typeTitle ? "" : facts.typeTitle,
    facts.summary,
    first && facts.takesInput ? "runs begin here" : "",
    node.disabled === true ? "off" : "",
    state !== null && state.status !== "pending" ? `${state.face.word} ${state.line}` : "",
    problems === 0 ? "" : problems === 1 ? "1 problem" : `${problems} problems`,
    pinned ? "output pinned" : "",
    (node.note ?? "") === "" ? "" : `note: ${node.note ?? ""}`,
    people === "" ? "" : `${people} is here`,
  ];
  return parts.filter((part) => part !== "").join(", ");
}
