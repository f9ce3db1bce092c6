"use client";
import dynamic from "next/dynamic";
import { loadLater } from "@/components/ui/load-later";
import type { FlowCanvasProps } from "./flow-canvas";

/** The canvas, loaded only by pages that show one: it needs a browser to measure in. */
const FlowCanvas = dynamic(() => loadLater(() => import("./flow-canvas")).then((module) => module.FlowCanvas), {
  ssr: false,
  loading: () => <div role="status" aria-label="Loading the drawing" className="h-full bg-sunken" />,
});

export function WorkflowDrawing({ height = "h-[480px]", ...rest }: FlowCanvasProps & { height?: string }) {
  return (
    <div className={`overflow-hidden rounded-card border border-hairline bg-sunken ${height}`}>
      <FlowCanvas {...rest} />
    </div>
  );
}
