"use client";
import { useMemo } from "react";
import { useBuilder } from "@/components/builder/state/use-builder";
import { allScopes, locateNode } from "@/components/builder/state/locate-node";
import { EdgePanel } from "./edge-panel";
import { NodePanel } from "./node-panel";
import { NothingSelected } from "./nothing-selected";
import { SelectionPanel } from "./selection-panel";

/** What is selected, to be read and changed: one step, one connection, several of them, or nothing. */
export function StepPanel() {
  const nodeIds = useBuilder((state) => state.selectedNodes);
  const edgeIds = useBuilder((state) => state.selectedEdges);
  const spec = useBuilder((state) => state.document.spec);
  const [nodeId] = nodeIds;
  const [edgeId] = edgeIds;
  const located = useMemo(() => (nodeId === undefined ? null : locateNode(spec, nodeId)), [spec, nodeId]);
  if (nodeIds.size + edgeIds.size > 1) return <SelectionPanel />;
  if (located) return <NodePanel key={located.node.id} located={located} />;
  if (edgeId === undefined) return <NothingSelected />;
  for (const scope of allScopes(spec)) {
    const edge = scope.edges.find(({ from, case: handle, to }) => `${from}:${handle}:${to}` === edgeId);
    if (edge) return <EdgePanel edge={edge} scope={scope} />;
  }
  return <NothingSelected />;
}
