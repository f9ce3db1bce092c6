"use client";
import { clsx } from "clsx";
import { use, useMemo, useState } from "react";
import { LazyCodeField } from "@/components/builder/expression/lazy-code-field";
import { useKnownData } from "@/components/builder/expression/use-known-data";
import { useBuilderStore } from "@/components/builder/state/use-builder";
import { StepFormContext } from "@/components/builder/state/step-form";
import type { ControlNames } from "./control-props";

interface JsonEditorProps {
  names: ControlNames;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** A value as JSON, templates completed inside its texts. What does not parse yet stays in the editor until it does. */
export function JsonEditor({ names, value, onChange }: JsonEditorProps) {
  const store = useBuilderStore();
  const form = use(StepFormContext);
  const data = useKnownData({ nodeId: form?.node.id ?? null, insideBody: false, extraNames: noNames });
  const stored = useMemo(() => (value === undefined ? "" : JSON.stringify(value, null, 2)), [value]);
  const [typed, setTyped] = useState<string | null>(null);
  const [focused, setFocused] = useState(false);
  const problem = typed === null ? null : parseJson(typed).problem;
  const attributes = useMemo(
    () => ({
      role: "textbox",
      "aria-multiline": "true",
      "aria-labelledby": names.labelId,
      id: names.id,
      spellcheck: "false",
      ...(names.describedBy === undefined ? {} : { "aria-describedby": names.describedBy }),
      ...(names.invalid || problem !== null ? { "aria-invalid": "true" } : {}),
    }),
    [names.labelId, names.id, names.describedBy, names.invalid, problem],
  );
  return (
    <div className="flex flex-col gap-1">
      <div
        className={clsx(
          "rounded-control border bg-surface",
          problem !== null || names.invalid ? "border-failed" : "border-control hover:border-ink-2",
          typeof value === "object" || value === undefined ? "min-h-20" : "min-h-9",
          focused && "outline-2 outline-link",
        )}
      >
        <LazyCodeField
          language="json"
          multiline
          value={typed ?? stored}
          attributes={attributes}
          problem={null}
          known={data.names}
          onChange={(text) => {
            setTyped(text);
            const parsed = parseJson(text);
            if (parsed.problem === null) onChange(parsed.value);
          }}
          onFocus={() => setFocused(true)}
          onBlur={() => {
            setFocused(false);
            if (problem === null) setTyped(null);
          }}
          onUndo={() => {
            setTyped(null);
            store.getState().undo();
          }}
          onRedo={() => {
            setTyped(null);
            store.getState().redo();
          }}
        />
      </div>
      {problem !== null && (
        <p role="status" className="text-label font-medium text-failed">
          {problem}
        </p>
      )}
    </div>
  );
}

const noNames: readonly string[] = [];

/** Nothing at all is no value; anything else must be JSON. */
export function parseJson(text: string): { value: unknown; problem: null } | { value: null; problem: string } {
  if (text.trim() === "") return { value: undefined, problem: null };
  try {
    return { value: JSON.parse(text) as unknown, problem: null };
  } catch {
    return { value: null, problem: "Not valid JSON yet, so it is not kept. Check quotes, commas and brackets." };
  }
}
