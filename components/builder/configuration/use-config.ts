"use client";
import { useMemo } from "react";
import type { Json } from "@/core/json";
import type { WorkflowConfig } from "@/core/workflow/document";
import { useBuilder, useBuilderStore } from "@/components/builder/state/use-builder";

/** The draft's configuration, and a way to change one setting of it by its path. */
export function useConfig() {
  const store = useBuilderStore();
  const config = useBuilder((state) => state.document.config);
  const readOnly = useBuilder((state) => state.readOnly);
  const set = useMemo(
    () =>
      (path: readonly string[], value: Json): void => {
        store
          .getState()
          .apply([{ op: "set_config", changes: [{ path: [...path], value }] }], { merge: `config:${path.join(".")}` });
      },
    [store],
  );
  return { config, readOnly, set };
}

export type SetConfig = (path: readonly string[], value: Json) => void;

export interface ConfigPartProps {
  config: WorkflowConfig;
  readOnly: boolean;
  set: SetConfig;
}
