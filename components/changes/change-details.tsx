import type { DocumentChange } from "@/core/workflow/edit/document-changes";
import type { Json } from "@/core/json";
import { JsonView } from "@/components/ui/json-view";

/** Old and new value of every field that differs, side by side; folded away, since the sentence says the most of it. */
export function ChangeDetails({ change }: { change: DocumentChange }) {
  const fields = change.kind === "changed" ? change.fields.filter(needsMore) : [];
  if (fields.length === 0) return null;
  return (
    <details className="mt-1 ml-6.5">
      <summary className="w-fit text-dense text-ink-2 hover:text-ink">Before and after</summary>
      <dl className="mt-2 flex flex-col gap-3">
        {fields.map((field) => (
          <div key={field.path}>
            <dt className="mb-1 text-dense font-medium">{field.label}</dt>
            <dd className="grid gap-2 md:grid-cols-2">
              <Value label={`${field.label} before`} word="Before" value={field.before} />
              <Value label={`${field.label} after`} word="After" value={field.after} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Value({ label, word, value }: { label: string; word: string; value: Json }) {
  return (
    <div className="min-w-0">
      <span className="text-label text-ink-3">{word}</span>
      {value === null ? <p className="text-dense text-ink-3">Nothing</p> : <JsonView label={label} value={value} />}
    </div>
  );
}

/** A short value stands in the sentence already. */
function needsMore({ before, after }: DocumentChange["fields"][number]): boolean {
  return [before, after].some(
    (value) => (typeof value === "object" && value !== null) || (typeof value === "string" && value.length > 40),
  );
}
