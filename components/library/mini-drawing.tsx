import { useMemo } from "react";
import type { WorkflowGraph } from "@/core/workflow/graph";
import { miniLayout } from "./mini-layout";

const box = { width: 22, height: 12 };
const gap = { x: 16, y: 10 };

/** The shape of a workflow at a glance; steps where a person is asked are filled. */
export function MiniDrawing({ graph }: { graph: WorkflowGraph }) {
  const { columns, rows, boxes, lines } = useMemo(() => miniLayout(graph), [graph]);
  const width = columns * (box.width + gap.x) - gap.x + 2;
  const height = rows * (box.height + gap.y) - gap.y + 2;
  const inColumn = new Map<number, number>();
  for (const { column } of boxes) inColumn.set(column, (inColumn.get(column) ?? 0) + 1);
  const places = new Map(
    boxes.map(({ id, column, row }) => {
      const free = ((rows - (inColumn.get(column) ?? 1)) * (box.height + gap.y)) / 2;
      return [id, { x: 1 + column * (box.width + gap.x), y: 1 + free + row * (box.height + gap.y) }];
    }),
  );
  const people = boxes.filter(({ color }) => color === "checkpoint").length;
  return (
    <svg
      viewBox={`0 0 ${String(width)} ${String(height)}`}
      role="img"
      aria-label={`${String(boxes.length)} steps, ${String(people)} of them by a person`}
      className="h-full w-full"
      preserveAspectRatio="xMidYMid meet"
    >
      {lines.map(({ from, to }) => {
        const [start, end] = [places.get(from), places.get(to)];
        if (!start || !end) return null;
        const [x1, y1, x2, y2] = [start.x + box.width, start.y + box.height / 2, end.x, end.y + box.height / 2];
        const bend = (x1 + x2) / 2;
        return (
          <path
            key={`${from} ${to}`}
            d={`M${String(x1)} ${String(y1)} C${String(bend)} ${String(y1)} ${String(bend)} ${String(y2)} ${String(x2)} ${String(y2)}`}
            className="fill-none stroke-control"
            strokeWidth={1}
          />
        );
      })}
      {boxes.map(({ id, color }) => (
        <rect
          key={id}
          {...(places.get(id) ?? { x: 0, y: 0 })}
          width={box.width}
          height={box.height}
          rx={3}
          strokeWidth={1}
          className={color === "checkpoint" ? "fill-ink stroke-ink" : "fill-surface stroke-control"}
        />
      ))}
    </svg>
  );
}
