import type { ReactNode } from "react";
import type { FormField } from "./form-field";

/** Label, hint and problem around a question whose control is made of several. */
export function QuestionFrame({
  id,
  field,
  hint,
  error,
  children,
}: {
  id: string;
  field: FormField;
  hint: string;
  error: string | undefined;
  children: ReactNode;
}) {
  return (
    <div role="group" aria-labelledby={`${id}-label`} className="flex flex-col gap-1">
      <p id={`${id}-label`} className="text-dense font-medium">
        {field.label}
        {!field.required && <span className="ml-1.5 font-normal text-ink-3">optional</span>}
      </p>
      <div id={`${id}-about`} className="flex flex-col gap-1">
        {field.hint !== null && <p className="text-label text-ink-3">{field.hint}</p>}
        {hint !== "" && <p className="text-label text-ink-3">{hint}</p>}
        {error !== undefined && (
          <p role="alert" className="text-label font-medium text-failed">
            {error}
          </p>
        )}
      </div>
      {children}
    </div>
  );
}
