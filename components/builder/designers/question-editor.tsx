"use client";
import { ChevronDown, X } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import { NameInput } from "@/components/builder/fields/name-input";
import { RowButton } from "@/components/builder/fields/row-button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { ConditionControl } from "./condition-control";
import {
  currencyOf,
  designTypeLabels,
  designTypes,
  labelOfField,
  optionsOf,
  typeOfField,
  withCurrency,
  withHint,
  withLabel,
  withOptions,
  withType,
  type DesignField,
  type DesignType,
} from "./design-field";
import { FileSettings } from "./file-settings";
import { HiddenAnswer, isHidden } from "./hidden-answer";
import { optionLines, readOptionLines } from "./option-lines";
import { keyProblem } from "./schema-fields";

interface QuestionEditorProps {
  /** The types that it may have. */
  types: readonly DesignType[];
  field: DesignField;
  others: readonly DesignField[];
  handle: ReactNode;
  open: boolean;
  onOpen: (open: boolean) => void;
  onChange: (field: DesignField) => void;
  onRemove: () => void;
}

/** One question: its line, and unfolded everything about it. */
export function QuestionEditor({
  types,
  field,
  others,
  handle,
  open,
  onOpen,
  onChange,
  onRemove,
}: QuestionEditorProps) {
  const id = useId();
  const label = labelOfField(field);
  const type = typeOfField(field);
  const taken = others.map(({ key }) => key);
  return (
    <div className="rounded-control border border-hairline bg-surface">
      <div className="flex items-center gap-1 p-1.5">
        {handle}
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => onOpen(!open)}
          className="flex min-h-7 min-w-0 flex-1 items-center gap-2 rounded-chip px-1 text-left hover:bg-sunken"
        >
          <span className="min-w-0 flex-1 truncate font-medium">
            {label}
            {field.required && <span className="font-normal text-ink-3"> · required</span>}
            {field.when && <span className="font-normal text-ink-3"> · under a condition</span>}
            {isHidden(field) && <span className="font-normal text-ink-3"> · hidden in runs</span>}
          </span>
          <span className="shrink-0 text-label text-ink-3">
            {type === null ? "JSON Schema" : designTypeLabels[type]}
          </span>
          <ChevronDown size={15} aria-hidden className={`shrink-0 text-ink-2 ${open ? "rotate-180" : ""}`} />
        </button>
        <RowButton aria-label={`Remove question ${label}`} onClick={onRemove}>
          <X size={15} aria-hidden />
        </RowButton>
      </div>
      {open && (
        <div id={id} className="flex flex-col gap-3 border-t p-3">
          <Field label="Question">
            {(control) => (
              <Input {...control} value={label} onChange={(event) => onChange(withLabel(field, event.target.value))} />
            )}
          </Field>
          {type === null ? (
            <p className="text-label text-ink-2">
              This one is more than the designer can draw. Change it as JSON Schema.
            </p>
          ) : (
            <TypeAndOptions types={types} field={field} onChange={onChange} />
          )}
          <label className="flex min-h-8 items-center gap-2.5 max-sm:min-h-11">
            <input
              type="checkbox"
              checked={field.required}
              onChange={(event) => onChange({ ...field, required: event.target.checked })}
              className="size-4 shrink-0 accent-ink"
            />
            {field.when ? "Must be answered when it is asked" : "Must be answered"}
          </label>
          <HiddenAnswer field={field} onChange={onChange} />
          <ConditionControl field={field} others={others} onChange={onChange} />
          <Field label="Hint" optional>
            {(control) => (
              <Input
                {...control}
                value={typeof field.schema["description"] === "string" ? field.schema["description"] : ""}
                onChange={(event) => onChange(withHint(field, event.target.value))}
              />
            )}
          </Field>
          <div className="flex flex-col gap-1.5">
            <span className="text-dense font-medium">Name of the value</span>
            <NameInput
              label="Name of the value"
              name={field.key}
              problemOf={(key) => (key === field.key ? null : keyProblem(key, taken))}
              onName={(key) => {
                if (key !== field.key) onChange({ ...field, key });
              }}
            />
            <span className="text-label text-ink-3">
              Expressions read it by this name. Renaming does not change them.
            </span>
          </div>
        </div>
      )}
    </div>
  );
}

function TypeAndOptions({
  types,
  field,
  onChange,
}: {
  types: readonly DesignType[];
  field: DesignField;
  onChange: (field: DesignField) => void;
}) {
  const type = typeOfField(field);
  const [typed, setTyped] = useState<string | null>(null);
  const options = optionsOf(field);
  return (
    <>
      <Field label="Type">
        {(control) => (
          <Select
            {...control}
            value={type ?? "text"}
            onChange={(event) =>
              onChange(withType(field, designTypes.find((each) => each === event.target.value) ?? "text"))
            }
          >
            {types.map((each) => (
              <option key={each} value={each}>
                {designTypeLabels[each]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {(type === "file" || type === "files") && <FileSettings field={field} onChange={onChange} />}
      {type === "money" && (
        <Field label="Currency" hint="Three letters, such as EUR.">
          {(control) => (
            <Input
              {...control}
              maxLength={3}
              value={currencyOf(field)}
              onChange={(event) => onChange(withCurrency(field, event.target.value.toUpperCase()))}
            />
          )}
        </Field>
      )}
      {(type === "choice" || type === "choices") && (
        <Field label="Options" hint="One per line. For another wording write value = label.">
          {(control) => (
            <Textarea
              {...control}
              rows={Math.min(8, Math.max(3, options.length + 1))}
              value={typed ?? optionLines(options)}
              onChange={(event) => {
                setTyped(event.target.value);
                const read = readOptionLines(event.target.value, options);
                // A choice of nothing would be no choice; the last options stay until others are there.
                if (read.length > 0) onChange(withOptions(field, read));
              }}
              onBlur={() => setTyped(null)}
            />
          )}
        </Field>
      )}
    </>
  );
}
