import type { JsonObject } from "@/core/json";
import type { DesignField } from "./design-field";

const mark = "x-sensitive";

export function isHidden({ schema }: DesignField): boolean {
  return schema[mark] === true;
}

/** The same question, whose answer is hidden from everybody who looks at a run of it, or not. */
export function withHiding(field: DesignField, hidden: boolean): DesignField {
  const { [mark]: _marked, ...schema }: JsonObject = field.schema;
  return { ...field, schema: hidden ? { ...schema, [mark]: true } : schema };
}

/** Whether the answer is hidden, and from whom. */
export function HiddenAnswer({ field, onChange }: { field: DesignField; onChange: (field: DesignField) => void }) {
  return (
    <label className="flex min-h-8 items-start gap-2.5 max-sm:min-h-11">
      <input
        type="checkbox"
        checked={isHidden(field)}
        onChange={(event) => onChange(withHiding(field, event.target.checked))}
        className="mt-0.5 size-4 shrink-0 accent-ink"
      />
      <span className="flex flex-col">
        Hidden in runs
        <span className="text-label text-ink-3">
          Runs, lists and the activity log show •••• in its place, and of all that is made of it.
        </span>
      </span>
    </label>
  );
}
