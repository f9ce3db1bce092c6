import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";

/** Who reads it, and when. */
export const messageHints = {
  approved: "The requester reads it where the workflow passes it on; colleagues see it with the decision.",
  rejected: "Sent in your words when the workflow explains the rejection.",
} as const;

interface MessageFieldProps {
  /** Who asked, where that is known. */
  to: string | null;
  hint: string;
  value: string;
  onChange: (text: string) => void;
}

/** What whoever asked is told along with a decision. */
export function MessageField({ to, hint, value, onChange }: MessageFieldProps) {
  return (
    <Field label={`Message to ${to ?? "the requester"}`} optional hint={hint}>
      {(control) => (
        <Textarea
          {...control}
          rows={2}
          maxLength={2000}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
