"use client";
import { Copy, Power, Trash2 } from "lucide-react";
import { duplicate } from "@/core/workflow/edit/fragment";
import { removeAll, setDisabled } from "@/core/workflow/edit/compose";
import { useBuilder, useBuilderStore } from "@/components/builder/state/use-builder";
import { Button } from "@/components/ui/button";
import { stepDefinitions } from "@/steps/definitions";
import { allScopes } from "@/components/builder/state/locate-node";

/** Several things selected: how many, and what can be done with all of them at once. */
export function SelectionPanel() {
  const store = useBuilderStore();
  const nodeIds = useBuilder((state) => state.selectedNodes);
  const edgeIds = useBuilder((state) => state.selectedEdges);
  const spec = useBuilder((state) => state.document.spec);
  const readOnly = useBuilder((state) => state.readOnly);
  const nodes = allScopes(spec).flatMap((scope) => scope.nodes.filter(({ id }) => nodeIds.has(id)));
  const edges = allScopes(spec).flatMap((scope) =>
    scope.edges.filter((edge) => edgeIds.has(`${edge.from}:${edge.case}:${edge.to}`)),
  );
  const allOff = nodes.length > 0 && nodes.every((node) => node.disabled === true);
  const words = [count(nodes.length, "step"), count(edges.length, "connection")]
    .filter((each) => each !== "")
    .join(" and ");
  return (
    <div className="flex flex-col gap-4 p-4">
      <h2 className="text-reading font-semibold">{words} selected</h2>
      <ul className="flex flex-col gap-0.5">
        {nodes.map((node) => (
          <li key={node.id}>
            <button
              type="button"
              onClick={() => store.getState().openStep(node.id)}
              className="min-h-7 max-w-full truncate rounded-chip px-1.5 text-left hover:bg-sunken hover:underline"
            >
              {node.name ?? node.id}
            </button>
          </li>
        ))}
      </ul>
      {!readOnly && (
        <div className="flex flex-wrap gap-2">
          {nodes.length > 0 && (
            <>
              <Button
                icon={<Copy size={15} aria-hidden />}
                onClick={() => {
                  const { document, apply, select } = store.getState();
                  const copies = duplicate(document, nodeIds, stepDefinitions);
                  apply(copies.operations, { say: `${count(nodes.length, "step")} duplicated` });
                  select(copies.ids);
                }}
              >
                Duplicate
              </Button>
              <Button
                icon={<Power size={15} aria-hidden />}
                onClick={() => {
                  const { document, apply } = store.getState();
                  apply(setDisabled(document, nodeIds, !allOff), {
                    say: `${count(nodes.length, "step")} switched ${allOff ? "on" : "off"}`,
                  });
                }}
              >
                {allOff ? "Switch on" : "Switch off"}
              </Button>
            </>
          )}
          <Button
            icon={<Trash2 size={15} aria-hidden />}
            onClick={() => {
              const { document, apply, select } = store.getState();
              apply(removeAll(document, nodeIds, edges, stepDefinitions), { say: `${words} deleted` });
              select([]);
            }}
          >
            Delete
          </Button>
        </div>
      )}
    </div>
  );
}

function count(n: number, word: string): string {
  return n === 0 ? "" : `${n} ${n === 1 ? word : `${word}s`}`;
}
