import type { ContactHistory } from "@/core/contracts/console";
import { Chip } from "@/components/ui/chip";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowItem, Rows } from "@/components/ui/rows";
import { VisibleText } from "@/components/ui/visible-text";

type Form = ContactHistory["forms"][number];

const words: Readonly<Record<Form["status"], string>> = {
  open: "Waits for their answer",
  answered: "Answered",
  closed: "Not answered",
};

/** What a contact was asked to fill in. The answers stand in the run. */
export function FormRows({ forms }: { forms: readonly Form[] }) {
  if (forms.length === 0) return <p className="text-ink-2">They were asked nothing yet.</p>;
  return (
    <Rows aria-label="Forms">
      {forms.map(({ id, title, status, askedAt, answeredAt }) => (
        <RowItem key={id} className="flex-wrap justify-between">
          <span className="min-w-0 font-medium [overflow-wrap:anywhere]">
            <VisibleText text={title} />
          </span>
          <span className="flex items-center gap-3 text-dense text-ink-2">
            <Chip tone={status === "answered" ? "completed" : "quiet"}>{words[status]}</Chip>
            <RelativeTime at={answeredAt ?? askedAt} />
          </span>
        </RowItem>
      ))}
    </Rows>
  );
}
