import { clsx } from "clsx";
import type { RuleProblem } from "@/core/approver-rules/problems";

/** What is wrong or worth a thought, a line each; nothing where all is well. */
export function ProblemLines({ problems }: { problems: readonly RuleProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <ul className="mt-1 flex flex-col gap-0.5">
      {problems.map(({ path, message, severity }) => (
        <li
          key={`${path} ${message}`}
          className={clsx("text-label", severity === "error" ? "font-medium text-failed" : "text-ink-2")}
        >
          {message}
        </li>
      ))}
    </ul>
  );
}
