import type { ApprovalItem } from "@/core/contracts/approval";
import { VisibleText } from "@/components/ui/visible-text";

/** Why these people are asked, where a table of approver rules said so; and what its row notes. */
export function AskedByRule({ rule }: Pick<ApprovalItem, "rule">) {
  if (rule === null) return null;
  return (
    <p className="mt-1 text-ink-2 [overflow-wrap:anywhere]">
      <VisibleText text={`${rule.sentence}.${rule.note === null || rule.note === "" ? "" : ` ${rule.note}`}`} />
    </p>
  );
}
