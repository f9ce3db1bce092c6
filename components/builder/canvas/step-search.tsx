"use client";
import { clsx } from "clsx";
import { Search, X } from "lucide-react";
import { useId, useMemo, useState } from "react";
import { TypeTile } from "@/components/ui/type-tile";
import { useBuilder, useBuilderStore } from "@/components/builder/state/use-builder";
import { canvasGraph } from "./canvas-graph";
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
  const [active, setActive] = useState(0);
  const id = useId();
  const found = useMemo(() => findSteps(canvasGraph(spec), query).slice(0, 12), [spec, query]);
  const current = found[Math.min(active, found.length - 1)];
  const close = () => {
    ui.setState({ searching: false });
    document.getElementById("canvas-area")?.focus({ preventScroll: true });
  };
  const show = (stepId: string | undefined) => {
    if (stepId === undefined) return;
    store.getState().select([stepId]);
    ui.getState().view?.show(stepId, true);
  };
  return (
    <div
      role="search"
      className="absolute top-16 right-3 z-20 w-80 max-w-[calc(100%-24px)] overflow-hidden rounded-card border border-control bg-surface shadow-[0_8px_24px_rgb(20_20_18/0.14)]"
      onKeyDown={(event) => {
        const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
        if (event.key === "Escape") close();
        else if (event.key === "Enter") {
          show(current?.id);
          close();
        } else if (by !== 0 && found.length > 0) {
          const next = (Math.min(active, found.length - 1) + by + found.length) % found.length;
          setActive(next);
          show(found[next]?.id);
        } else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <div className="flex items-center gap-2 pr-1 pl-3">
        <Search size={16} aria-hidden className="shrink-0 text-ink-3" />
        <input
          autoFocus
          role="combobox"
          aria-label="Find a step of this workflow"
          aria-expanded={found.length > 0}
          aria-controls={`${id}-found`}
          aria-activedescendant={current ? `${id}-${current.id}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder="Find a step"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
          className="h-11 min-w-0 flex-1 bg-transparent text-body outline-none max-sm:text-reading"
        />
        <button
          type="button"
          aria-label="Close the search"
          onClick={close}
          className="inline-flex size-8 items-center justify-center rounded-control text-ink-2 hover:bg-sunken"
        >
          <X size={16} aria-hidden />
        </button>
      </div>
      <div
        id={`${id}-found`}
        role="listbox"
        aria-label="Steps found"
        className={clsx("max-h-80 overflow-y-auto p-1", found.length > 0 && "border-t border-hairline")}
      >
        {found.map(({ id: stepId, facts }) => (
          <div
            key={stepId}
            id={`${id}-${stepId}`}
            role="option"
            aria-selected={stepId === current?.id}
            onClick={() => {
              show(stepId);
              close();
            }}
            className={clsx(
              "flex cursor-pointer items-center gap-2.5 rounded-control px-2 py-1.5 hover:bg-sunken",
              stepId === current?.id && "bg-sunken",
            )}
          >
            <TypeTile icon={facts.icon} color={facts.color} />
            <span className="min-w-0">
              <span className="block truncate text-dense font-medium">{facts.title}</span>
              <span className="block truncate text-label text-ink-2">{lineOf(facts)}</span>
            </span>
          </div>
        ))}
      </div>
      <p role="status" className={found.length === 0 && query !== "" ? "px-3 pb-3 text-dense text-ink-2" : "sr-only"}>
        {query === "" ? "" : found.length === 0 ? "No step holds these words." : `${found.length} found`}
      </p>
    </div>
  );
}
