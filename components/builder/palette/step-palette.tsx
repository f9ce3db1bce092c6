"use client";
import { useMemo, useState } from "react";
import type { JsonObject } from "@/core/json";
import { connectorDefinitions } from "@/connectors/definitions";
import { SearchList } from "@/components/ui/search-list";
import type { SearchGroup } from "@/components/ui/search-rows";
import { TileRow } from "@/components/ui/tile-row";
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

/** Every step there is, found by typing. Entries can be dragged onto the canvas. */
export function StepPalette({ onChoose, onClose, without, onDragStart }: StepPaletteProps) {
  const [query, setQuery] = useState("");
  const all = useMemo(
    () => paletteItems(stepDefinitions, connectorDefinitions).filter(({ type }) => without?.has(type) !== true),
    [without],
  );
  const groups = useMemo(() => grouped(searchPalette(all, query), query), [all, query]);
  return (
    <SearchList
      label="Find a step to add"
      placeholder="Find a step"
      found="Steps"
      query={query}
      onQuery={setQuery}
      groups={groups}
      onPick={({ type, preset }) => onChoose(type, preset)}
      onClose={onClose}
      onDragStart={(event, item) => {
        beginPaletteDrag(event, item);
        onDragStart?.();
      }}
      keyOf={({ key }) => key}
      row={({ icon, color, title, description }) => (
        <TileRow icon={icon} color={color} title={title} line={description} />
      )}
      nothing={<p className="py-6 text-center">No step is called that. Try what it does: ask, charge, wait, send.</p>}
      className="h-full"
    />
  );
}

/** Under headings while nothing is searched; the best match first afterwards. */
function grouped(items: readonly PaletteItem[], query: string): SearchGroup<PaletteItem>[] {
  if (query.trim() !== "") return items.length === 0 ? [] : [{ title: "Found", items }];
  const byTitle = new Map<string, PaletteItem[]>();
  for (const item of items) byTitle.set(item.group, [...(byTitle.get(item.group) ?? []), item]);
  return [...byTitle].map(([title, list]) => ({ title, items: list }));
}
