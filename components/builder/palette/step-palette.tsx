"use client";
import { clsx } from "clsx";
import { Search } from "lucide-react";
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { JsonObject } from "@/core/json";
import { connectorDefinitions } from "@/connectors/definitions";
import { TypeTile } from "@/components/ui/type-tile";
import { stepDefinitions } from "@/steps/definitions";
import { beginPaletteDrag } from "./palette-drag";
import { paletteItems, searchPalette, type PaletteItem } from "./palette-items";

export interface StepPaletteProps {
  onChoose: (type: string, preset?: JsonObject) => void;
  onClose: () => void;
  /** Types that make no sense here, e.g. a second start. */
  without?: ReadonlySet<string>;
  /** The entry is being dragged to the canvas. */
  onDragStart?: () => void;
}

/** Every step there is, found by typing: arrows move, Enter adds, Escape closes. Entries can be dragged onto the canvas. */
export function StepPalette({ onChoose, onClose, without, onDragStart }: StepPaletteProps) {
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const all = useMemo(
    () => paletteItems(stepDefinitions, connectorDefinitions).filter(({ type }) => without?.has(type) !== true),
    [without],
  );
  const found = useMemo(() => searchPalette(all, query), [all, query]);
  const current = found[Math.min(active, found.length - 1)];
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [current]);
  const choose = (item: PaletteItem | undefined) => {
    if (item) onChoose(item.type, item.preset);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key];
    if (event.key === "Escape") onClose();
    else if (event.key === "Enter") choose(current);
    else if (move !== undefined) setActive(Math.max(0, Math.min(found.length - 1, move(active, found.length))));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="flex h-full min-h-0 flex-col" onKeyDown={onKeyDown}>
      <div className="flex items-center gap-2 border-b border-hairline px-3">
        <Search size={16} aria-hidden className="shrink-0 text-ink-3" />
        <input
          autoFocus
          role="combobox"
          aria-label="Find a step to add"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={current ? `${id}-${current.key}` : undefined}
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
      </div>
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label="Steps"
        className="min-h-0 flex-1 overflow-y-auto p-1"
      >
        {grouped(found, query).map(({ title, items }) => (
          <div key={title} role="group" aria-labelledby={`${id}-${title}`}>
            <p id={`${id}-${title}`} className="px-2 pt-2 pb-1 text-label font-medium text-ink-3">
              {title}
            </p>
            {items.map((item) => (
              <div
                key={item.key}
                id={`${id}-${item.key}`}
                role="option"
                aria-selected={item === current}
                draggable
                onDragStart={(event) => {
                  beginPaletteDrag(event, item);
                  onDragStart?.();
                }}
                onPointerMove={() => setActive(found.indexOf(item))}
                onClick={() => choose(item)}
                className={clsx(
                  "flex cursor-pointer items-center gap-2.5 rounded-control px-2 py-1.5",
                  item === current && "bg-sunken",
                )}
              >
                <TypeTile icon={item.icon} color={item.color} />
                <span className="min-w-0">
                  <span className="block truncate text-dense font-medium">{item.title}</span>
                  <span className="block truncate text-label text-ink-2">{item.description}</span>
                </span>
              </div>
            ))}
          </div>
        ))}
        {found.length === 0 && (
          <p className="px-3 py-6 text-center text-dense text-ink-2">
            No step is called that. Try what it does: ask, charge, wait, send.
          </p>
        )}
      </div>
      <p role="status" className="sr-only">
        {query === "" ? "" : found.length === 1 ? "1 step found" : `${found.length} steps found`}
      </p>
    </div>
  );
}

const moves: Readonly<Record<string, ((active: number, count: number) => number) | undefined>> = {
  ArrowDown: (active, count) => (active + 1 < count ? active + 1 : 0),
  ArrowUp: (active, count) => (active > 0 ? active - 1 : count - 1),
  PageDown: (active) => active + 8,
  PageUp: (active) => active - 8,
};

/** Under headings while nothing is searched; the best match first afterwards. */
function grouped(items: readonly PaletteItem[], query: string): { title: string; items: PaletteItem[] }[] {
  if (query.trim() !== "") return items.length === 0 ? [] : [{ title: "Found", items: [...items] }];
  const byTitle = new Map<string, PaletteItem[]>();
  for (const item of items) byTitle.set(item.group, [...(byTitle.get(item.group) ?? []), item]);
  return [...byTitle].map(([title, list]) => ({ title, items: list }));
}
