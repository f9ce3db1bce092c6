"use client";
import { Autocomplete } from "@base-ui/react/autocomplete";
import { clsx } from "clsx";
import { Search } from "lucide-react";
import { useRef, type KeyboardEvent, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { SearchRows, type SearchGroup, type SearchRowsProps } from "./search-rows";

export interface SearchListProps<Item> extends Pick<SearchRowsProps<Item>, "keyOf" | "row" | "onDragStart"> {
  /** Names the input. */
  label: string;
  placeholder: string;
  /** Names what is found: `Steps`. */
  found: string;
  query: string;
  onQuery: (query: string) => void;
  /** What the query finds, the best first. */
  groups: readonly SearchGroup<Item>[];
  onPick: (item: Item) => void;
  onClose: () => void;
  /** The marked row changed by key. */
  onMove?: (item: Item) => void;
  /** Enter where nothing is found. */
  onEnterNothing?: () => void;
  /** Shown when nothing is found. */
  nothing: ReactNode;
  /** Stands after the input. */
  beside?: ReactNode;
  className?: string;
}

const page = 8;

/** A search that stays open: arrows and Page keys move through what is found, Enter picks, Escape closes. */
export function SearchList<Item>(props: SearchListProps<Item>) {
  const { label, placeholder, found, query, onQuery, groups, onClose, onMove, nothing, beside, className } = props;
  const input = useRef<HTMLInputElement>(null);
  const marked = useRef(0);
  const count = groups.reduce((sum, { items }) => sum + items.length, 0);
  /** The list knows only steps of one; each has to be drawn before the next is taken. */
  const press = (key: string, times: number) => {
    for (let at = 0; at < times; at += 1)
      flushSync(() => input.current?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
    else if (event.key === "Enter" && count === 0) props.onEnterNothing?.();
    else if (event.key === "PageDown") press("ArrowDown", Math.min(page, count - 1 - marked.current));
    else if (event.key === "PageUp") press("ArrowUp", Math.min(page, marked.current));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Autocomplete.Root
      inline
      open
      items={groups}
      filter={null}
      value={query}
      onValueChange={onQuery}
      onItemHighlighted={(item: Item | undefined, { index, reason }) => {
        marked.current = Math.max(index, 0);
        if (reason === "keyboard" && item !== undefined) onMove?.(item);
      }}
      autoHighlight="always"
      keepHighlight
    >
      <div className={clsx("flex min-h-0 flex-col", className)} onKeyDown={onKeyDown}>
        <div className={clsx("flex items-center gap-2 pl-3", beside ? "pr-1" : "pr-3")}>
          <Search size={16} aria-hidden className="shrink-0 text-ink-3" />
          <Autocomplete.Input
            ref={input}
            autoFocus
            aria-label={label}
            placeholder={placeholder}
            className="h-11 min-w-0 flex-1 bg-transparent text-body outline-none max-sm:text-reading"
          />
          {beside}
        </div>
        <div className={clsx("flex min-h-0 flex-1 flex-col", (count > 0 || nothing) && "border-t border-hairline")}>
          <Autocomplete.Empty className="px-3 text-dense text-ink-2">{nothing}</Autocomplete.Empty>
          <SearchRows
            look="inline"
            label={found}
            keyOf={props.keyOf}
            row={props.row}
            onPick={props.onPick}
            onDragStart={props.onDragStart}
          />
        </div>
        <Autocomplete.Status className="sr-only">
          {query === "" || count === 0 ? "" : `${count} found`}
        </Autocomplete.Status>
      </div>
    </Autocomplete.Root>
  );
}
