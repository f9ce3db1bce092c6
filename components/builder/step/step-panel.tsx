"use client";
import { useMemo, type ReactNode } from "react";
import { useBuilder } from "@/components/builder/state/use-builder";
import { allScopes, locateNode } from "@/components/builder/state/locate-node";
import { EdgePanel } from "./edge-panel";
import { NodePanel } from "./node-panel";
import { NothingSelected } from "./nothing-selected";
import { SelectionPanel } from "./selection-panel";

interface StepPanelProps {
  /** The ways to test around one step; they stand at the end of its panel. */
  testActions: (nodeId: string) => ReactNode;
}

/** What is selected, to be read and changed: one step, one connection, several of them, or nothing. */
export function StepPanel({ testActions }: StepPanelProps) {
  const nodeIds = useBuilder((state) => state.selectedNodes);
  const edgeIds = useBuilder((state) => state.selectedEdges);
  const spec = useBuilder((state) => state.document.spec);
  const [nodeId] = nodeIds;
  const [edgeId] = edgeIds;
  const located = useMemo(() => (nodeId === undefined ? null : locateNode(spec, nodeId)), [spec, nodeId]);
  if (nodeIds.size + edgeIds.size > 1) return <SelectionPanel />;
  if (located) return <NodePanel key={located.node.id} located={located} testActions={testActions(located.node.id)} />;
  if (edgeId === undefined) return <NothingSelected />;
  for (const scope of allScopes(spec)) {
    const edge = scope.edges.find(({ from, case: handle, to }) => `${from}:${handle}:${to}` === edgeId);
    if (edge) return <EdgePanel edge={edge} scope={scope} />;
  }
  return <NothingSelected />;
}
