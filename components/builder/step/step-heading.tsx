"use client";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Input } from "@/components/ui/input";
import { TypeTile } from "@/components/ui/type-tile";
import { RowButton } from "@/components/builder/fields/row-button";
import { useStepForm } from "@/components/builder/state/step-form";

/** What the step is and what it is called; the id under which expressions read it. */
export function StepHeading() {
  const { node, definition, readOnly, set } = useStepForm();
  const [copied, setCopied] = useState(false);
  const title = definition?.title ?? node.type;
  return (
    <header className="flex flex-col gap-2 px-4 pt-4 pb-5">
      <div className="flex items-center gap-2.5">
        <TypeTile icon={definition?.icon ?? "box"} color={definition?.color ?? "other"} />
        <p className="text-dense text-ink-2">{title}</p>
        <span className="ml-auto flex items-center text-label text-ink-3">
          <code className="font-mono" title="Expressions read this step by its id">
            {node.id}
          </code>
          <RowButton
            aria-label={copied ? "Copied" : `Copy step.${node.id}.output`}
            onClick={() => {
              void navigator.clipboard.writeText(`step.${node.id}.output`).then(() => setCopied(true));
            }}
            onBlur={() => setCopied(false)}
          >
            {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
          </RowButton>
        </span>
      </div>
      {readOnly ? (
        <h2 className="text-reading font-semibold">{node.name ?? title}</h2>
      ) : (
        <div data-field="name">
          <h2 className="sr-only">{node.name ?? title}</h2>
          <Input
            aria-label="Name of the step"
            value={node.name ?? ""}
            placeholder={title}
            className="text-reading font-semibold"
            onChange={(event) => set(["name"], event.target.value === "" ? undefined : event.target.value)}
          />
        </div>
      )}
      {definition !== null && <p className="text-label text-ink-3">{definition.description}</p>}
    </header>
  );
}
