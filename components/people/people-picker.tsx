"use client";
import { UserRound, Users, X } from "lucide-react";
import { VisibleText } from "@/components/ui/visible-text";
import { AssigneeFinder } from "./assignee-finder";
import { assigneeName } from "./assignee-refs";
import { useAssignees } from "./use-assignees";

interface PeoplePickerProps {
  /** From the field around it. */
  control: { id: string; "aria-describedby": string | undefined; "aria-invalid": true | undefined };
  /** What the list is of, for screen readers. */
  label: string;
  refs: readonly string[];
  /** Names that are known of references that no option has. */
  names: Readonly<Record<string, string>>;
  onChange: (refs: string[]) => void;
}

/** Roles, teams and people in an order: those that were picked, and a field to find more. */
export function PeoplePicker({ control, label, refs, names, onChange }: PeoplePickerProps) {
  const options = useAssignees();
  const nameOf = (ref: string): string => {
    const known = Object.hasOwn(names, ref) ? names[ref] : undefined;
    return known ?? assigneeName(ref, options);
  };
  const remove = (position: number) => {
    onChange(refs.filter((_, at) => at !== position));
    // The button that had the focus is gone with its line.
    document.getElementById(control.id)?.focus();
  };
  return (
    <div className="flex flex-col gap-2">
      {refs.length > 0 && (
        <ul aria-label={label} className="flex flex-wrap gap-1.5">
          {refs.map((ref, position) => {
            const Icon = ref.startsWith("user:") || ref.includes("@") ? UserRound : Users;
            return (
              <li
                key={ref}
                className="flex min-h-8 max-w-full items-center gap-1.5 rounded-control bg-sunken pl-2.5 max-sm:min-h-11"
              >
                <Icon size={14} aria-hidden className="shrink-0 text-ink-2" />
                <span className="min-w-0 truncate font-medium">
                  <VisibleText text={nameOf(ref)} />
                </span>
                <button
                  type="button"
                  aria-label={`Remove ${nameOf(ref)}`}
                  onClick={() => remove(position)}
                  className="inline-flex size-8 shrink-0 items-center justify-center rounded-control text-ink-2 hover:text-ink max-sm:size-11"
                >
                  <X size={14} aria-hidden />
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <AssigneeFinder
        input={{ ...control, placeholder: "Add a role, team or person" }}
        options={options.filter(({ ref }) => !refs.includes(ref))}
        onPick={(ref) => onChange([...refs, ref])}
      />
    </div>
  );
}
