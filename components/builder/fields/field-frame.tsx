"use client";
import { CircleAlert, TriangleAlert } from "lucide-react";
import { useId, type ReactNode } from "react";
import { spellPath } from "@/core/spell-path";
import type { FieldPath } from "@/core/workflow/form-layout";
import { problemsOf, type StepProblem } from "@/components/builder/state/step-problems";
import type { ControlNames } from "./control-props";

interface FieldFrameProps {
  path: FieldPath;
  also?: readonly FieldPath[] | undefined;
  label: string;
  help?: string | undefined;
  optional?: boolean | undefined;
  problems: readonly StepProblem[];
  children: (names: ControlNames) => ReactNode;
}

/** Label, help and problems of one field, tied to its control. Problems can be jumped to by the field's path. */
export function FieldFrame({ path, also = [], label, help, optional = false, problems, children }: FieldFrameProps) {
  const id = useId();
  const own = [path, ...also].flatMap((each) => problemsOf(problems, each));
  const described = [help === undefined ? null : `${id}-help`, own.length > 0 ? `${id}-problems` : null]
    .filter((each) => each !== null)
    .join(" ");
  return (
    <div
      data-field={[path, ...also].map((each) => spellPath(each)).join(" ")}
      className="flex min-w-0 flex-col gap-1.5"
    >
      <div className="flex items-baseline gap-1.5">
        <label id={`${id}-label`} htmlFor={id} className="text-dense font-medium text-ink">
          {label}
        </label>
        {optional && <span className="text-label text-ink-3">optional</span>}
      </div>
      {children({
        id,
        labelId: `${id}-label`,
        label,
        describedBy: described === "" ? undefined : described,
        invalid: own.some(({ issue }) => issue.severity === "error"),
      })}
      {help !== undefined && (
        <p id={`${id}-help`} className="text-label text-ink-3">
          {help}
        </p>
      )}
      {own.length > 0 && <ProblemLines id={`${id}-problems`} problems={own} />}
    </div>
  );
}

/** Findings as sentences: what blocks publishing and what is worth a thought, told apart by icon and word. */
export function ProblemLines({ id, problems }: { id?: string; problems: readonly StepProblem[] }) {
  return (
    <ul id={id} className="flex flex-col gap-1">
      {problems.map(({ issue }) => {
        const blocks = issue.severity === "error";
        const Icon = blocks ? CircleAlert : TriangleAlert;
        return (
          <li
            key={`${issue.code} ${issue.path} ${issue.message}`}
            className={`flex items-start gap-1.5 text-label ${blocks ? "font-medium text-failed" : "text-ink-2"}`}
          >
            <Icon size={13} aria-hidden className="mt-0.5 shrink-0" />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <span className="sr-only">{blocks ? "Problem: " : "Note: "}</span>
              {issue.message}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
