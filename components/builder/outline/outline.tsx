"use client";
import { ListTree } from "lucide-react";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { useLetterKeys } from "@/components/ui/letter-keys-choice";
import { useCanvasActions } from "@/components/builder/canvas/canvas-actions";
import { canvasGraph } from "@/components/builder/canvas/canvas-graph";
import { legalTargets } from "@/components/builder/canvas/connect-rules";
import { useCanvasUiStore } from "@/components/builder/canvas/canvas-ui";
import { branchPlace } from "@/components/builder/canvas/menu-entries";
import { placeInContainer } from "@/components/builder/canvas/plan-add";
import { useCardMarks } from "@/components/builder/canvas/use-card-marks";
import { useBuilder, useBuilderStore } from "@/components/builder/state/use-builder";
import { createLineActions } from "./line-actions";
import { OutlineRowLine } from "./outline-row";
import type { RowActions } from "./row-actions";
import { outlineRows, treeMove, type OutlineRow } from "./outline-rows";
import { outlineTree } from "./outline-tree";

interface FocusedLine {
  key: string | null;
  /** The step that was selected when the line took the focus. */
  chosen: string | undefined;
}

/** The workflow as a list: the same steps and the same edits as on the canvas, all of them by keyboard. */
export function Outline() {
  const store = useBuilderStore();
  const ui = useCanvasUiStore();
  const actions = useCanvasActions();
  const { letterKeys } = useLetterKeys();
  const name = useBuilder((state) => state.workflow.name);
  const spec = useBuilder((state) => state.document.spec);
  const marks = useCardMarks();
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [focused, setFocused] = useState<FocusedLine>({ key: null, chosen: undefined });
  const tree = useRef<HTMLDivElement>(null);
  const graph = useMemo(() => canvasGraph(spec), [spec]);
  const rows = useMemo(() => outlineRows(outlineTree(graph), folded), [graph, folded]);
  // The panel, the search or the canvas chose another step since: its line takes the place.
  const [chosen] = marks.selected;
  const focusedKey = chosen !== undefined && chosen !== focused.chosen ? `step:${chosen}` : focused.key;
  const current = rows.some(({ item }) => item.key === focusedKey) ? focusedKey : (rows[0]?.item.key ?? null);

  useEffect(() => {
    document.getElementById(`outline-step:${chosen ?? ""}`)?.scrollIntoView({ block: "nearest" });
  }, [chosen]);

  const focusRow = (key: string) => {
    setFocused({ key, chosen });
    document.getElementById(`outline-${key}`)?.focus();
  };
  const fold = (key: string, on: boolean) =>
    setFolded((before) => {
      const next = new Set(before);
      if (on) next.add(key);
      else next.delete(key);
      return next;
    });
  const openPalette = ({ item }: OutlineRow, element: HTMLElement) => {
    const { left, bottom } = element.getBoundingClientRect();
    const screen = { x: left, y: bottom + 4 };
    if (item.kind === "branch") actions.openPalette(branchPlace(graph, item.from, item.handle), screen);
    else if (item.kind === "body") actions.openPalette(placeInContainer(graph, item.container), screen);
    else actions.run("add");
  };
  const remove = ({ item }: OutlineRow) => {
    if (item.kind === "jump") actions.disconnect(item.edge);
    else if (item.kind === "branch" && item.edge) actions.disconnect(item.edge);
  };
  const onActivate = (row: OutlineRow) => {
    const { item } = row;
    if (item.kind === "step") store.getState().openStep(item.step.id);
    else if (item.kind === "jump") focusRow(`step:${item.edge.to}`);
    else if (row.open !== null) fold(item.key, row.open);
  };
  const rowActions: RowActions = {
    onKeyDown: (row, event) => onKeyDown(row, event),
    onActivate,
    onFocus({ item }) {
      setFocused({ key: item.key, chosen: item.kind === "step" ? item.step.id : undefined });
      const ids = item.kind === "step" ? [item.step.id] : [];
      const { selectedNodes, selectedEdges } = store.getState();
      if (selectedEdges.size > 0 || selectedNodes.size !== ids.length || ids.some((id) => !selectedNodes.has(id)))
        store.getState().select(ids);
    },
    onToggle: ({ item, open }) => fold(item.key, open === true),
    onAdd: openPalette,
    onMenu({ item }, element) {
      if (item.kind !== "step") return;
      store.getState().select([item.step.id]);
      const { left, bottom } = element.getBoundingClientRect();
      ui.setState({ menu: { screen: { x: left, y: bottom }, id: item.step.id } });
    },
    onRemove: remove,
    onConnect({ item }, to) {
      if (item.kind === "branch") actions.connect(item.from, item.handle, to);
    },
    targets: ({ item }) => (item.kind === "branch" ? legalTargets(graph, item.from, item.handle) : []),
  };
  const onKeyDown = (row: OutlineRow, event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    // From a button of the line the arrows still move through the tree; a list keeps its keys.
    if (event.target !== event.currentTarget && !(isMove(event.key) && event.target instanceof HTMLButtonElement))
      return;
    const { item } = row;
    const move = treeMove(rows, item.key, event.key);
    if (move && "focus" in move) focusRow(move.focus);
    else if (move && "fold" in move) fold(move.fold, true);
    else if (move) fold(move.unfold, false);
    else if (event.key === "Enter") onActivate(row);
    else if (
      event.key === "a" &&
      letterKeys === "on" &&
      item.kind !== "step" &&
      !marks.readOnly &&
      event.currentTarget instanceof HTMLElement
    )
      openPalette(row, event.currentTarget);
    else if (event.key === "Delete" && item.kind !== "step" && !marks.readOnly) remove(row);
    else if (!event.key.startsWith("Arrow")) return;
    event.preventDefault();
  };

  // Lines keep one set of actions, which does what the newest drawing would do.
  const [line] = useState(createLineActions);
  useEffect(() => line.use(rowActions));

  // The line that had the focus is gone: the one in its place takes it.
  const place = rows.findIndex(({ item }) => item.key === current);
  const lastPlace = useRef(place);
  useEffect(() => {
    const gone = focusedKey !== null && !rows.some(({ item }) => item.key === focusedKey);
    const next = rows[Math.min(lastPlace.current, rows.length - 1)];
    if (gone && next && tree.current && document.activeElement === document.body)
      document.getElementById(`outline-${next.item.key}`)?.focus();
    lastPlace.current = place;
  }, [rows, place, focusedKey]);

  return (
    <div className="h-full overflow-y-auto bg-surface p-2">
      {rows.length === 0 ? (
        <EmptyState icon={ListTree} title="Nothing here yet">
          {marks.readOnly
            ? "Nobody added a step so far."
            : `Add the first step with Add Step${letterKeys === "on" ? ", or press A" : ""}.`}
        </EmptyState>
      ) : (
        <div ref={tree} role="tree" aria-label={`Steps of ${name}`} className="max-w-[960px]">
          {rows.map((row) => {
            const id = row.item.kind === "step" ? row.item.step.id : null;
            const issues = id === null ? undefined : marks.issues.get(id);
            return (
              <OutlineRowLine
                key={row.item.key}
                row={row}
                actions={line.actions}
                selected={id !== null && marks.selected.has(id)}
                focused={row.item.key === current}
                problems={issues?.problems ?? 0}
                errors={issues?.errors ?? 0}
                state={id === null ? null : (marks.states.get(id) ?? null)}
                people={id === null ? "" : (marks.people.get(id) ?? "")}
                pinned={id !== null && marks.pins.has(id)}
                readOnly={marks.readOnly}
              />
            );
          })}
        </div>
      )}
    </div>
  );
}

function isMove(key: string): boolean {
  return key.startsWith("Arrow") || key === "Home" || key === "End";
}
