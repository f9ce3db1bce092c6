"use client";
import { Combobox } from "@base-ui/react/combobox";
import { clsx } from "clsx";
import type { ComponentProps } from "react";
import { controlClass } from "./control-class";
import { SearchRows, type SearchGroup, type SearchRowsProps } from "./search-rows";

export interface SearchFieldProps<Item> extends Pick<SearchRowsProps<Item>, "keyOf" | "row"> {
  input: Omit<ComponentProps<"input">, "value" | "onChange" | "className">;
  groups: readonly SearchGroup<Item>[];
  /** What the field holds; null where what is picked goes somewhere else. */
  value: Item | null;
  onPick: (item: Item) => void;
  /** How the field writes an item, and where `fits` is not given, what it is found by. */
  textOf: (item: Item) => string;
  fits?: (item: Item, query: string) => boolean;
  /** What is typed, for a field that wants to know. */
  query?: string;
  onQuery?: (query: string) => void;
  /** Said when nothing fits: what to do instead. */
  nothing: string;
}

/** A field of a form that is filled by searching: what fits opens below it. */
export function SearchField<Item>(props: SearchFieldProps<Item>) {
  const { input, groups, value, onPick, textOf, fits, query, onQuery, keyOf, row, nothing } = props;
  return (
    <Combobox.Root
      items={groups}
      value={value}
      inputValue={query}
      onInputValueChange={(text) => onQuery?.(text)}
      onValueChange={(item: Item | null) => {
        if (item !== null) onPick(item);
      }}
      itemToStringLabel={textOf}
      isItemEqualToValue={(a: Item, b: Item) => keyOf(a) === keyOf(b)}
      filter={fits}
      autoHighlight
    >
      <Combobox.Input {...input} className={clsx(controlClass, "h-9 max-sm:h-11")} />
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={4} className="z-50">
          <Combobox.Popup className="max-h-80 w-[var(--anchor-width)] overflow-y-auto rounded-control border border-hairline bg-surface py-1 shadow-lg">
            <Combobox.Empty className="px-3 text-dense text-ink-2 [&:not(:empty)]:py-2">{nothing}</Combobox.Empty>
            <SearchRows look="popup" keyOf={keyOf} row={row} />
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
