import { CircleAlert, TriangleAlert } from "lucide-react";
import type { Issue } from "@/core/spec/document";

/** Problems of the newest version, errors first. */
export function IssueList({ issues }: { issues: Issue[] }) {
  const sorted = [...issues].sort((a, b) => a.severity.localeCompare(b.severity));
  return (
    <ul className="flex flex-col gap-1">
      {sorted.map((issue) => (
        <li key={`${issue.code}-${issue.path}`} className="flex items-start gap-2 text-dense">
          {issue.severity === "error" ? (
            <CircleAlert size={15} aria-hidden className="mt-0.5 shrink-0 text-failed" />
          ) : (
            <TriangleAlert size={15} aria-hidden className="mt-0.5 shrink-0 text-ink-2" />
          )}
          <span className="min-w-0 [overflow-wrap:anywhere]">
            <span className="sr-only">{issue.severity === "error" ? "Problem: " : "Hint: "}</span>
            {issue.message} {issue.path !== "" && <span className="font-mono text-label text-ink-3">{issue.path}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
