import type { WorkflowListItem } from "@/core/contracts/workflow";

const width = 112;
const height = 24;
const gap = 2;

/** Runs per day as stacked bars: completed at the bottom, others, failed on top. */
export function Sparkline({ activity }: { activity: WorkflowListItem["activity"] }) {
  const totals = activity.map((day) => day.completed + day.failed + day.other);
  const total = totals.reduce((sum, each) => sum + each, 0);
  const failed = activity.reduce((sum, day) => sum + day.failed, 0);
  const most = Math.max(1, ...totals);
  const barWidth = (width - gap * (activity.length - 1)) / Math.max(1, activity.length);
  return (
    <svg
      width={width}
      height={height}
      role="img"
      aria-label={`${total} runs in ${activity.length} days, ${failed} failed`}
    >
      {activity.map((day, position) => {
        const x = position * (barWidth + gap);
        let y = height - 1;
        return (
          <g key={day.day}>
            <rect x={x} y={height - 1} width={barWidth} height={1} className="fill-hairline" />
            {parts.map(({ of, className }) => {
              const barHeight = (day[of] / most) * (height - 2);
              y -= barHeight;
              return barHeight === 0 ? null : (
                <rect key={of} x={x} y={y} width={barWidth} height={barHeight} className={className} />
              );
            })}
          </g>
        );
      })}
    </svg>
  );
}

const parts = [
  { of: "completed", className: "fill-completed" },
  { of: "other", className: "fill-control" },
  { of: "failed", className: "fill-failed" },
] as const;
