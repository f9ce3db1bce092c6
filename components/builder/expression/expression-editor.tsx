"use client";
import { clsx } from "clsx";
import { use, useCallback, useId, useMemo, useRef, useState } from "react";
import { useBuilder, useBuilderStore } from "@/components/builder/state/use-builder";
import { StepFormContext } from "@/components/builder/state/step-form";
import { checkText } from "./check-text";
import type { CodeHandle } from "./code-field";
import { DataPicker } from "./data-picker";
import { LazyCodeField } from "./lazy-code-field";
import { LiveValue } from "./live-value";
import { useKnownData } from "./use-known-data";
import { useSettled } from "./use-settled";

export interface ExpressionEditorProps {
  kind: "expression" | "template";
  value: string;
  onChange: (text: string) => void;
  /** For the screen reader, unless `labelledBy` names a label on the page. */
  label: string;
  labelledBy?: string | undefined;
  describedBy?: string | undefined;
  id?: string | undefined;
  invalid?: boolean | undefined;
  /** More than 1: a box of so many lines in which Enter begins a new one. */
  lines?: number | undefined;
  placeholder?: string | undefined;
  /** Evaluated after an iteration of the selected loop: its own steps are known. */
  insideBody?: boolean | undefined;
  /** Names beyond the usual ones, e.g. `output` in a result line. */
  extraNames?: readonly string[] | undefined;
  /** What the last run gave, below the field. */
  showValue?: boolean | undefined;
  /** Inside a step form its step is meant; elsewhere the end of the workflow. */
  nodeId?: string | null | undefined;
}

const checkAfterMs = 150;

/** One field for an expression or a text with templates: colours, completion, a check while typing, the last run's value. */
export function ExpressionEditor(props: ExpressionEditorProps) {
  const { kind, value, onChange, label, lines = 1, showValue = true } = props;
  const form = use(StepFormContext);
  const store = useBuilderStore();
  const readOnly = useBuilder((state) => state.readOnly);
  const [focused, setFocused] = useState(false);
  const code = useRef<CodeHandle>(null);
  const problemId = useId();
  const data = useKnownData({
    nodeId: props.nodeId === undefined ? (form?.node.id ?? null) : props.nodeId,
    insideBody: props.insideBody === true,
    extraNames: props.extraNames ?? none,
  });
  const settled = useSettled(value, checkAfterMs);
  const problem = useMemo(() => checkText(kind, settled, data.rootNames), [kind, settled, data.rootNames]);
  // Validation says the same a moment later, and then stands at the field.
  const said = problem !== null && form?.problems.some(({ issue }) => issue.message.includes(problem.message)) === true;
  const described = [props.describedBy, problem && !said ? problemId : undefined].filter(Boolean).join(" ");
  const attributes = useMemo(
    () => ({
      role: "textbox",
      "aria-multiline": String(lines > 1),
      spellcheck: kind === "template" ? "true" : "false",
      autocapitalize: "off",
      ...(props.id === undefined ? {} : { id: props.id }),
      ...(props.labelledBy === undefined ? { "aria-label": label } : { "aria-labelledby": props.labelledBy }),
      ...(described === "" ? {} : { "aria-describedby": described }),
      ...(problem || props.invalid === true ? { "aria-invalid": "true" } : {}),
    }),
    [lines, kind, props.id, props.labelledBy, label, described, problem, props.invalid],
  );
  const known = useCallback(() => data.names(), [data]);

  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div
        className={clsx(
          "flex items-start rounded-control border bg-surface transition-colors duration-[120ms]",
          problem || props.invalid === true ? "border-failed" : "border-control hover:border-ink-2",
          focused && "outline-2 outline-link",
        )}
      >
        <div className={clsx("min-w-0 flex-1", heights[Math.min(lines, heights.length - 1)])}>
          <LazyCodeField
            handle={code}
            value={value}
            language={kind}
            multiline={lines > 1}
            readOnly={readOnly}
            attributes={attributes}
            problem={problem}
            known={known}
            onChange={onChange}
            onFocus={() => setFocused(true)}
            onBlur={() => setFocused(false)}
            onUndo={() => store.getState().undo()}
            onRedo={() => store.getState().redo()}
            {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
          />
        </div>
        {!readOnly && (
          <div className="p-[3px]">
            <DataPicker label={label} groups={data.groups} onPick={(path) => code.current?.insertPath(path)} />
          </div>
        )}
      </div>
      {problem && !said && (
        <p id={problemId} role="status" className="text-label font-medium text-failed">
          {problem.message}
        </p>
      )}
      {showValue && !problem && settled.trim() !== "" && <LiveValue kind={kind} source={settled} scope={data.scope} />}
    </div>
  );
}

const none: readonly string[] = [];

/** The least height by number of lines; the box grows with its text. */
const heights = [
  "",
  "",
  "min-h-14",
  "min-h-[76px]",
  "min-h-24",
  "min-h-[116px]",
  "min-h-[136px]",
  "min-h-[156px]",
  "min-h-44",
];
