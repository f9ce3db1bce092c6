"use client";
import type { RetryClass } from "@/core/workflow/document";
import type { AnyStepDefinition } from "@/core/workflow/step-definition";
import { FieldFrame } from "@/components/builder/fields/field-frame";
import { useStepForm } from "@/components/builder/state/step-form";

const classes: readonly { value: RetryClass; label: string }[] = [
  { value: "5xx", label: "The service failed (5xx)" },
  { value: "timeout", label: "No answer in time" },
  { value: "network", label: "Not reachable" },
  { value: "429", label: "Too many requests (429)" },
  { value: "4xx", label: "Refused (4xx)" },
];

/** What another try may cure, when neither the step nor its type says otherwise; the runtime's list. */
const usual: readonly RetryClass[] = ["5xx", "timeout", "network", "429"];

/** Which failures are worth another try. Shows what holds; the first change writes it into the step. */
export function RetryOnField({ definition }: { definition: AnyStepDefinition }) {
  const { node, readOnly, problems, set } = useStepForm();
  const chosen = node.retry?.retryOn ?? definition.defaultRetry?.retryOn ?? usual;
  if (readOnly)
    return (
      <p>
        <span className="text-dense text-ink-2">Tried again when: </span>
        {classes
          .filter(({ value }) => chosen.includes(value))
          .map(({ label }) => label)
          .join(", ")}
      </p>
    );
  return (
    <FieldFrame path={["retry", "retryOn"]} label="Try again when" problems={problems}>
      {(names) => (
        <div role="group" aria-labelledby={names.labelId} className="flex flex-col">
          {classes.map(({ value, label }, position) => (
            <label key={value} className="flex min-h-8 items-center gap-2.5 max-sm:min-h-11">
              <input
                type="checkbox"
                id={position === 0 ? names.id : undefined}
                checked={chosen.includes(value)}
                onChange={(event) =>
                  set(
                    ["retry", "retryOn"],
                    classes
                      .map((each) => each.value)
                      .filter((each) => (each === value ? event.target.checked : chosen.includes(each))),
                  )
                }
                className="size-4 shrink-0 accent-ink max-sm:size-5"
              />
              {label}
            </label>
          ))}
        </div>
      )}
    </FieldFrame>
  );
}
