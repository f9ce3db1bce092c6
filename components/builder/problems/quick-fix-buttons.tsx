"use client";
import { Wrench } from "lucide-react";
import { useMemo } from "react";
import type { Issue } from "@/core/workflow/document";
import { quickFixes } from "@/core/workflow/edit/quick-fixes";
import type { EditableDocument } from "@/core/workflow/edit/operation";
import { useBuilderStore } from "@/components/builder/state/use-builder";
import { Button } from "@/components/ui/button";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";

/** What can be done about one problem at once; each is one step to undo. */
export function QuickFixButtons({ issue, document }: { issue: Issue; document: EditableDocument }) {
  const store = useBuilderStore();
  const fixes = useMemo(() => quickFixes(issue, document, stepDefinitions, triggerDefinitions), [issue, document]);
  if (fixes.length === 0) return null;
  return (
    <div className="mt-1.5 flex flex-wrap gap-1.5">
      {fixes.map(({ label, operations }) => (
        <Button
          key={label}
          size="dense"
          className="h-auto min-h-7 whitespace-normal max-sm:min-h-11"
          icon={<Wrench size={13} aria-hidden className="shrink-0" />}
          onClick={() => store.getState().apply(operations, { say: `Done: ${label}` })}
        >
          {label}
        </Button>
      ))}
    </div>
  );
}
