"use client";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";

/** A text to take elsewhere, with a button that copies it. `block`: several lines. */
export function CopyField({ label, text, block = false }: { label: string; text: string; block?: boolean }) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => setState("copied"),
      () => setState("failed"),
    );
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center justify-between gap-3">
        <span className="text-dense font-medium">{label}</span>
        <span className="flex items-center gap-2">
          <span role="status" className="text-label text-ink-2">
            {words[state]}
          </span>
          <Button
            size="dense"
            icon={state === "copied" ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
            aria-label={`Copy: ${label}`}
            className="max-sm:h-11"
            onClick={copy}
          >
            Copy
          </Button>
        </span>
      </div>
      <pre
        // A scrolling region must be reachable by keyboard.
        tabIndex={0}
        role="region"
        aria-label={label}
        className={`overflow-x-auto rounded-control bg-sunken px-3 py-2 font-mono text-label leading-5 ${block ? "" : "whitespace-pre"}`}
      >
        {text}
      </pre>
    </div>
  );
}

const words = { idle: "", copied: "Copied", failed: "Select the text and copy it." };
