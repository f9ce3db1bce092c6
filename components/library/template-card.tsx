import { ChevronRight } from "lucide-react";
import type { TemplateCard as Template } from "@/core/contracts/library";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { MiniDrawing } from "./mini-drawing";

/** `onUse` null: the person looking may not make workflows. */
export function TemplateCard({ template, onUse }: { template: Template; onUse: (() => void) | null }) {
  return (
    <Card className="flex w-full flex-col overflow-hidden">
      <div className="h-28 border-b bg-sunken px-5 py-4">
        <MiniDrawing graph={template.graph} />
      </div>
      <div className="flex flex-1 flex-col gap-2 p-4">
        <div className="flex items-baseline justify-between gap-3">
          <h2 className="text-reading font-semibold">{template.title}</h2>
          <span className="shrink-0 text-label text-ink-3">{template.category}</span>
        </div>
        <p className="text-ink-2">{template.benefit}</p>
        <ol className="mb-2 flex flex-wrap items-center gap-x-1 gap-y-0.5 text-dense text-ink-2">
          {template.steps.map((step, position) => (
            <li key={step} className="inline-flex items-center gap-1">
              {step}
              {position < template.steps.length - 1 && <ChevronRight size={13} aria-hidden className="text-ink-3" />}
            </li>
          ))}
        </ol>
        {onUse && (
          <Button className="mt-auto self-start" aria-label={`Use it: ${template.title}`} onClick={onUse}>
            Use it
          </Button>
        )}
      </div>
    </Card>
  );
}
