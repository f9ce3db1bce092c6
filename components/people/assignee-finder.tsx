"use client";
import { useMemo, useState } from "react";
import { SearchField, type SearchFieldProps } from "@/components/ui/search-field";
import type { AssigneeOption } from "./assignee-refs";

interface AssigneeFinderProps {
  input: SearchFieldProps<AssigneeOption>["input"];
  options: readonly AssigneeOption[];
  /** An address may be typed instead. */
  takesAddress?: boolean;
  onPick: (ref: string) => void;
}

/** Finds a role, team or person by name; picking one empties the field. */
export function AssigneeFinder({ input, options, takesAddress = false, onPick }: AssigneeFinderProps) {
  const [query, setQuery] = useState("");
  const groups = useMemo(
    () =>
      (["Roles", "Teams", "People"] as const).flatMap((title) => {
        const items = options.filter((option) => option.group === title);
        return items.length === 0 ? [] : [{ title, items }];
      }),
    [options],
  );
  const isAddress = takesAddress && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(query.trim());
  const pick = (ref: string) => {
    setQuery("");
    onPick(ref);
  };
  return (
    <SearchField
      input={{
        ...input,
        onKeyDown: (event) => {
          if (event.key !== "Enter" || !isAddress) return;
          event.preventDefault();
          pick(query.trim());
        },
      }}
      groups={groups}
      value={null}
      query={query}
      onQuery={setQuery}
      onPick={({ ref }) => pick(ref)}
      keyOf={({ ref }) => ref}
      textOf={({ label, detail }) => `${label} ${detail}`}
      row={({ label, detail }) => (
        <span className="flex items-baseline gap-2">
          <span className="shrink-0">{label}</span>
          <span className="truncate text-label text-ink-3">{detail}</span>
        </span>
      )}
      nothing={isAddress ? `Press Enter to add ${query.trim()}.` : "Nobody has this name."}
    />
  );
}
