"use client";
import { useMemo } from "react";
import { spellPath } from "@/core/spell-path";
import { useBuilderStore } from "@/components/builder/state/use-builder";
import { fieldChange } from "@/components/builder/state/field-path";
import { locateNode } from "@/components/builder/state/locate-node";
import type { StepForm } from "@/components/builder/state/step-form";

/** Turns edits of a step's fields into operations. They are made against the document as it stands when they happen. */
export function useStepEdits(nodeId: string): Pick<StepForm, "set" | "change"> {
  const store = useBuilderStore();
  return useMemo(() => {
    const current = () => locateNode(store.getState().document.spec, nodeId)?.node ?? null;
    return {
      set(path, value) {
        const node = current();
        if (!node) return;
        store.getState().apply([{ op: "update_node", id: nodeId, changes: [fieldChange(node, path, value)] }], {
          merge: `${nodeId}:${spellPath(path)}`,
        });
      },
      change(edits, { also = [], say } = {}) {
        const node = current();
        if (!node) return;
        const changes = edits.map(({ path, value }) => fieldChange(node, path, value));
        store
          .getState()
          .apply(
            [...(changes.length === 0 ? [] : [{ op: "update_node" as const, id: nodeId, changes }]), ...also],
            say === undefined ? {} : { say },
          );
      },
    };
  }, [store, nodeId]);
}
