"use client";
import { Combobox } from "@base-ui/react/combobox";
import { clsx } from "clsx";
import type { DragEvent, ReactNode } from "react";

/** Items that belong together. A group that stands alone needs no title. */
export interface SearchGroup<Item> {
  title: string | null;
  items: readonly Item[];
}

export interface SearchRowsProps<Item> {
  /** Tells the items of the list apart. */
  keyOf: (item: Item) => string;
  row: (item: Item) => ReactNode;
  /** Names the list where its input does not. */
  label?: string;
  look: keyof typeof looks;
  /** An item was chosen, by press or by Enter. */
  onPick?: (item: Item) => void;
  /** Rows can be dragged out of the list. */
  onDragStart?: ((event: DragEvent, item: Item) => void) | undefined;
}

const looks = {
  popup: { title: "px-3 py-1 font-semibold text-ink-2", row: "px-3 py-1.5" },
  inline: { title: "px-2 pt-2 pb-1 font-medium text-ink-3", row: "rounded-control px-2 py-1.5" },
};

/** What a search found, under headings. Which groups there are and which row is marked is known by the search around it. */
export function SearchRows<Item>({ keyOf, row, label, look, onPick, onDragStart }: SearchRowsProps<Item>) {
  return (
    <Combobox.List aria-label={label} className={clsx(look === "inline" && "min-h-0 flex-1 overflow-y-auto p-1")}>
      {({ title, items }: SearchGroup<Item>) => (
        <Combobox.Group key={title ?? ""} items={items} role={title === null ? "presentation" : "group"}>
          {title !== null && (
            <Combobox.GroupLabel className={clsx("text-label", looks[look].title)}>{title}</Combobox.GroupLabel>
          )}
          <Combobox.Collection>
            {(item: Item) => (
              <Combobox.Item
                key={keyOf(item)}
                value={item}
                onClick={() => onPick?.(item)}
                {...(onDragStart && { ...dragged, onDragStart: (event: DragEvent) => onDragStart(event, item) })}
                className={clsx("cursor-pointer data-[highlighted]:bg-sunken", looks[look].row)}
              >
                {row(item)}
              </Combobox.Item>
            )}
          </Combobox.Collection>
        </Combobox.Group>
      )}
    </Combobox.List>
  );
}

interface PressEvent {
  preventBaseUIHandler: () => void;
}

/** The list holds back what a press does by itself, so that the input keeps the focus; a drag begins with just that. */
const dragged = {
  draggable: true,
  onPointerDownCapture: (event: PressEvent) => event.preventBaseUIHandler(),
  onMouseDown: (event: PressEvent) => event.preventBaseUIHandler(),
};
