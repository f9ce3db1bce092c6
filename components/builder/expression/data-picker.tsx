"use client";
import { Popover } from "@base-ui/react/popover";
import { Braces, ChevronRight, Search } from "lucide-react";
import { useMemo, useState, type KeyboardEvent } from "react";
import { searchTree, type DataEntry, type DataGroup } from "./data-tree";
import { sampleWords } from "./sample-words";

/** The button that opens what earlier steps gave; choosing puts the path where the cursor stands. */
export function DataPicker({
  label,
  groups,
  onPick,
}: {
  label: string;
  groups: () => DataGroup[];
  onPick: (path: string) => void;
}) {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={(next) => setOpen(next)}>
      <Popover.Trigger
        aria-label={`Insert data into ${label}`}
        title="Insert data"
        className="inline-flex size-7 shrink-0 items-center justify-center rounded-chip text-ink-2 hover:bg-sunken hover:text-ink"
      >
        <Braces size={15} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="end" sideOffset={4} className="z-50">
          <Popover.Popup
            aria-label="Data"
            // The editor takes the focus itself once something was picked.
            finalFocus={() => document.activeElement === document.body}
            className="flex max-h-[min(440px,70dvh)] w-[360px] max-w-[calc(100vw-24px)] animate-appear flex-col rounded-card border border-hairline bg-surface shadow-lg"
          >
            <DataTree
              groups={groups()}
              onPick={(path) => {
                setOpen(false);
                onPick(path);
              }}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function DataTree({ groups, onPick }: { groups: DataGroup[]; onPick: (path: string) => void }) {
  const [query, setQuery] = useState("");
  const found = useMemo(() => searchTree(groups, query), [groups, query]);
  return (
    <div className="flex min-h-0 flex-col" onKeyDown={moveFocus}>
      <label className="flex items-center gap-2 border-b px-3">
        <Search size={15} aria-hidden className="text-ink-3" />
        <input
          type="text"
          role="searchbox"
          data-pick
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          placeholder="Search data"
          aria-label="Search data"
          className="h-10 min-w-0 flex-1 bg-transparent text-body focus-visible:outline-none"
        />
      </label>
      <div className="min-h-0 overflow-y-auto py-1">
        {found.length === 0 && (
          <p className="px-3 py-4 text-dense text-ink-2">Nothing has this name. Try fewer letters.</p>
        )}
        {found.map((group) => (
          <section key={group.title} className="py-1">
            <h3 className="px-3 py-1 text-label font-semibold text-ink-2">{group.title}</h3>
            <ul>
              {group.entries.map((entry) => (
                <Entry key={entry.path} entry={entry} depth={0} searching={query !== ""} onPick={onPick} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
}

interface EntryProps {
  entry: DataEntry;
  depth: number;
  searching: boolean;
  onPick: (path: string) => void;
}

function Entry({ entry, depth, searching, onPick }: EntryProps) {
  const [opened, setOpened] = useState(depth === 0 && !searching);
  const nested = entry.children.length > 0;
  return (
    <li>
      <div className="flex items-center hover:bg-sunken" style={{ paddingLeft: 8 + depth * 16 }}>
        {nested ? (
          <button
            type="button"
            aria-expanded={opened}
            aria-label={`What is in ${entry.path}`}
            onClick={() => setOpened(!opened)}
            className="inline-flex size-7 shrink-0 items-center justify-center text-ink-3"
          >
            <ChevronRight size={14} aria-hidden className={opened ? "rotate-90" : ""} />
          </button>
        ) : (
          <span className="w-7 shrink-0" />
        )}
        <button
          type="button"
          data-pick
          onClick={() => onPick(entry.path)}
          title={entry.path}
          className="flex min-h-7 min-w-0 flex-1 items-baseline justify-between gap-3 py-1 pr-3 text-left focus-visible:-outline-offset-2"
        >
          <span className="shrink-0 font-mono text-dense">{entry.name}</span>
          {entry.sample !== undefined && !nested && (
            <span className="truncate text-label text-ink-3">{sampleWords(entry.sample)}</span>
          )}
        </button>
      </div>
      {nested && opened && (
        <ul>
          {entry.children.map((child) => (
            <Entry key={child.path} entry={child} depth={depth + 1} searching={searching} onPick={onPick} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** Arrow keys go from the search to the entries and between them; Enter in the search takes the first. */
function moveFocus(event: KeyboardEvent<HTMLDivElement>) {
  if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
    event.preventDefault();
    event.currentTarget.querySelector<HTMLElement>("button[data-pick]")?.click();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-pick]")];
  const at = stops.findIndex((stop) => stop === document.activeElement);
  stops[Math.max(0, Math.min(stops.length - 1, at + step))]?.focus();
}
