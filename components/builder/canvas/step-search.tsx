"use client";
import { X } from "lucide-react";
import { useMemo, useState } from "react";
import { SearchList } from "@/components/ui/search-list";
import { TileRow } from "@/components/ui/tile-row";
import { useBuilder, useBuilderStore } from "@/components/builder/state/use-builder";
import { canvasGraph, type CanvasStep } from "./canvas-graph";
import { useCanvasUi, useCanvasUiStore } from "./canvas-ui";
import { findSteps } from "./find-steps";
import { lineOf } from "./step-facts";

/** Finds a step by name, type, id, settings or note, and brings it into view. */
export function StepSearch() {
  const searching = useCanvasUi((state) => state.searching);
  return searching ? <OpenSearch /> : null;
}

function OpenSearch() {
  const store = useBuilderStore();
  const ui = useCanvasUiStore();
  const spec = useBuilder((state) => state.document.spec);
  const [query, setQuery] = useState("");
  const groups = useMemo(() => {
    const items = findSteps(canvasGraph(spec), query).slice(0, 12);
    return items.length === 0 ? [] : [{ title: null, items }];
  }, [spec, query]);
  const close = () => {
    ui.setState({ searching: false });
    document.getElementById("canvas-area")?.focus({ preventScroll: true });
  };
  const show = ({ id }: CanvasStep) => {
    store.getState().select([id]);
    ui.getState().view?.show(id, true);
  };
  return (
    <div
      role="search"
      className="absolute top-16 right-3 z-20 w-80 max-w-[calc(100%-24px)] overflow-hidden rounded-card border border-control bg-surface shadow-[0_8px_24px_rgb(20_20_18/0.14)]"
    >
      <SearchList
        label="Find a step of this workflow"
        placeholder="Find a step"
        found="Steps found"
        query={query}
        onQuery={setQuery}
        groups={groups}
        onMove={show}
        onPick={(step) => {
          show(step);
          close();
        }}
        onEnterNothing={close}
        onClose={close}
        keyOf={({ id }) => id}
        row={({ facts }) => <TileRow icon={facts.icon} color={facts.color} title={facts.title} line={lineOf(facts)} />}
        nothing={query !== "" && <p className="py-3">No step holds these words.</p>}
        beside={
          <button
            type="button"
            aria-label="Close the search"
            onClick={close}
            className="inline-flex size-8 items-center justify-center rounded-control text-ink-2 hover:bg-sunken"
          >
            <X size={16} aria-hidden />
          </button>
        }
        className="max-h-[365px]"
      />
    </div>
  );
}
