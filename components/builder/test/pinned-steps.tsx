"use client";
import { Pin } from "lucide-react";
import type { TestPin } from "@/core/contracts/test-run";
import { indexSpec } from "@/core/workflow/spec-index";
import { useBuilder, useBuilderStore } from "@/components/builder/state/use-builder";
import { Button } from "@/components/ui/button";
import { stepDefinitions } from "@/steps/definitions";
import { usePinning } from "./use-pinning";

/** Steps that a test does not run. */
export function PinnedSteps({ pins, mayUnpin }: { pins: readonly TestPin[]; mayUnpin: boolean }) {
  const store = useBuilderStore();
  const spec = useBuilder((state) => state.document.spec);
  const { unpin, busy } = usePinning();
  const { nodes } = indexSpec(spec, stepDefinitions);
  return (
    <ul className="flex flex-col">
      {pins.map(({ nodeId, handle }) => {
        const found = nodes.get(nodeId);
        const name = found?.node.name ?? found?.definition?.title ?? nodeId;
        const way = found?.handles?.find(({ id }) => id === handle)?.label;
        return (
          <li key={nodeId} className="flex items-center gap-2 border-b py-1.5 text-dense last:border-b-0">
            <Pin size={14} aria-hidden className="shrink-0 text-ink-2" />
            <button
              type="button"
              onClick={() => store.getState().openStep(nodeId)}
              className="min-h-7 min-w-0 flex-1 rounded-control text-left hover:underline max-sm:min-h-11"
            >
              <span className="font-medium [overflow-wrap:anywhere]">{name}</span>
              {!found && <span className="text-ink-3"> is not in this draft any more</span>}
              {found && (found.handles?.length ?? 0) > 1 && way && <span className="text-ink-2"> gives {way}</span>}
            </button>
            {mayUnpin && (
              <Button size="dense" busy={busy} onClick={() => unpin(nodeId)} aria-label={`Unpin ${name}`}>
                Unpin
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
