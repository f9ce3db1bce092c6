"use client";
import { Braces, UserRound, Users, X } from "lucide-react";
import { AssigneeFinder } from "@/components/people/assignee-finder";
import { assigneeName, writeAssignees, type AssigneeOption } from "@/components/people/assignee-refs";
import { useAssignees } from "@/components/people/use-assignees";
import { Button } from "@/components/ui/button";
import { ExpressionEditor } from "@/components/builder/expression/expression-editor";
import { textOf, type ControlProps } from "./control-props";
import { listOf } from "./list-controls";
import { RowButton } from "./row-button";

/** Roles, teams and people, several at once; addresses and templates may be typed too. */
export function AssigneesControl({ control, names, value, onChange }: ControlProps<"assignees">) {
  const refs = listOf(value).map(textOf);
  const options = useAssignees();
  const put = (next: readonly string[]) => onChange(writeAssignees(next));
  return (
    <div className="flex flex-col gap-2">
      {refs.length === 0 && <p className="text-label text-ink-2">{control.whenEmpty}</p>}
      {refs.length > 0 && (
        <ul className="flex flex-col gap-1.5" aria-label={names.label}>
          {refs.map((ref, position) => (
            <li key={position}>
              <Assignee
                reference={ref}
                label={`${names.label} ${position + 1}`}
                options={options}
                onChange={(next) => put(refs.map((each, at) => (at === position ? next : each)))}
                onRemove={() => put(refs.filter((_, at) => at !== position))}
              />
            </li>
          ))}
        </ul>
      )}
      <Finder
        names={names}
        anyone={control.anyone === true}
        options={options.filter(({ ref }) => !refs.includes(ref))}
        onPick={(ref) => put([...refs, ref])}
      />
    </div>
  );
}

function Assignee({
  reference,
  label,
  options,
  onChange,
  onRemove,
}: {
  reference: string;
  label: string;
  options: readonly AssigneeOption[];
  onChange: (reference: string) => void;
  onRemove: () => void;
}) {
  const name = assigneeName(reference, options);
  const known = options.find((option) => option.ref === reference);
  const written =
    reference === "" || reference.includes("${") || (known === undefined && !/^(role|team|user):/.test(reference));
  const Icon = reference.startsWith("user:") ? UserRound : Users;
  return (
    <span className="flex items-center gap-1">
      {written ? (
        <span className="min-w-0 flex-1">
          <ExpressionEditor kind="template" label={label} value={reference} onChange={onChange} />
        </span>
      ) : (
        <span className="flex h-9 min-w-0 flex-1 items-center gap-2 rounded-control bg-sunken px-2.5" title={reference}>
          <Icon size={15} aria-hidden className="shrink-0 text-ink-2" />
          <span className="font-medium">{name}</span>
          <span className="truncate text-label text-ink-3">
            {known?.detail ?? (options.length === 0 ? "" : "nobody has this role or name")}
          </span>
        </span>
      )}
      <RowButton aria-label={`Remove ${written ? label : name}`} onClick={onRemove}>
        <X size={15} aria-hidden />
      </RowButton>
    </span>
  );
}

interface FinderProps {
  names: ControlProps["names"];
  anyone: boolean;
  options: readonly AssigneeOption[];
  onPick: (ref: string) => void;
}

function Finder({ names, anyone, options, onPick }: FinderProps) {
  return (
    <span className="flex items-center gap-1">
      <AssigneeFinder
        input={{
          id: names.id,
          "aria-labelledby": names.labelId,
          "aria-describedby": names.describedBy,
          "aria-invalid": names.invalid || undefined,
          placeholder: anyone ? "Add a role, team, person or address" : "Add a role, team or person",
        }}
        options={options}
        takesAddress
        onPick={onPick}
      />
      <Button
        look="quiet"
        size="dense"
        className="max-sm:min-h-11"
        icon={<Braces size={14} aria-hidden />}
        onClick={() => onPick("")}
      >
        From data
      </Button>
    </span>
  );
}
