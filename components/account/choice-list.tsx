import { Notice } from "@/components/ui/notice";

/** Any of these, by their boxes; many scroll. */
export function ChoiceList({
  legend,
  choices,
  chosen,
  onChange,
  none,
}: {
  legend: string;
  choices: readonly { id: string; name: string }[];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
  /** What stands there where there is nothing to choose. */
  none: string;
}) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 text-dense font-medium">{legend}</legend>
      {choices.length === 0 ? (
        <Notice tone="quiet">{none}</Notice>
      ) : (
        <div className="max-h-44 overflow-y-auto rounded-control border">
          {choices.map(({ id, name }) => (
            <label key={id} className="flex min-h-11 cursor-pointer items-center gap-3 px-3 py-1.5 hover:bg-sunken">
              <input
                type="checkbox"
                checked={chosen.has(id)}
                onChange={({ target }) => {
                  const next = new Set(chosen);
                  if (target.checked) next.add(id);
                  else next.delete(id);
                  onChange(next);
                }}
                className="size-4 shrink-0 accent-ink"
              />
              <span className="min-w-0 [overflow-wrap:anywhere]">{name}</span>
            </label>
          ))}
        </div>
      )}
    </fieldset>
  );
}
