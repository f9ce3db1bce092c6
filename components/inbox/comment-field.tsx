import type { Ref } from "react";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";

interface CommentFieldProps {
  value: string;
  /** Who reads it. */
  hint: string;
  optional?: boolean;
  error: string | null;
  box: Ref<HTMLTextAreaElement>;
  onChange: (text: string) => void;
}

/** What is said along with a decision. */
export function CommentField({ value, hint, optional = false, error, box, onChange }: CommentFieldProps) {
  return (
    <Field label="Comment" optional={optional} hint={hint} error={error}>
      {(control) => (
        <Textarea
          {...control}
          ref={box}
          rows={2}
          maxLength={2000}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
