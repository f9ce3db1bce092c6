import type { FormEntry } from "./form-entry";
import type { FormField } from "./form-field";

/** What a question is drawn from. */
export interface QuestionProps {
  field: FormField;
  /** Where it stands in the whole form: `address.city`. */
  path: string;
  value: FormEntry;
  problemAt: (path: string) => string | undefined;
  locale: string;
  /** `path`: of the control that was changed, or of the list whose items changed places. */
  onChange: (value: FormEntry, path: string) => void;
}
