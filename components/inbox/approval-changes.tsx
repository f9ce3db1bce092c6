import { pathLabel } from "@/core/workflow/path-label";
import type { ApprovalChange } from "@/core/contracts/approval";
import type { Json } from "@/core/json";
import { VisibleText } from "@/components/ui/visible-text";

/** Why somebody is asked again: what was approved, struck through in red, and what would run now. */
export function ApprovalChanges({ changes }: { changes: readonly ApprovalChange[] }) {
  return (
    <ul className="flex flex-col gap-1 rounded-control bg-failed-tint px-3 py-2">
      {changes.map(({ path, label, was, now }) => (
        <li key={path} className="[overflow-wrap:anywhere]">
          {label ?? pathLabel(path)} was{" "}
          <del className="text-failed" title={path}>
            <VisibleText text={jsonWords(was)} />
          </del>
          , is now{" "}
          <ins className="font-semibold no-underline">
            <VisibleText text={jsonWords(now)} />
          </ins>
        </li>
      ))}
    </ul>
  );
}

export function jsonWords(value: Json): string {
  if (value === null) return "empty";
  return typeof value === "string" ? value : JSON.stringify(value);
}
