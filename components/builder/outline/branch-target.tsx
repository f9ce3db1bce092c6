"use client";
import { useState } from "react";
import { controlClass } from "@/components/ui/control-class";
import type { RowActions } from "./row-actions";
import type { OutlineRow } from "./outline-rows";

/** Leads a branch that ends nowhere to a step that is there already. */
export function BranchTarget({ row, label, actions }: { row: OutlineRow; label: string; actions: RowActions }) {
  const [targets, setTargets] = useState<{ id: string; title: string }[]>([]);
  return (
    <select
      aria-label={`Where ${label} leads`}
      value=""
      // The list is worked out when somebody is about to open it.
      onFocus={() => setTargets(actions.targets(row))}
      onPointerDown={() => setTargets(actions.targets(row))}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => event.stopPropagation()}
      onChange={(event) => {
        if (event.target.value !== "") actions.onConnect(row, event.target.value);
      }}
      className={`${controlClass} h-8 w-36! text-dense! max-md:h-11`}
    >
      <option value="">Connect to…</option>
      {targets.map(({ id, title }) => (
        <option key={id} value={id}>
          {title}
        </option>
      ))}
    </select>
  );
}
