import { clsx } from "clsx";

/** Invisible for the first 200 ms: what comes quickly should not flicker. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={clsx(
        "block animate-appear rounded-chip bg-sunken [animation-delay:200ms] [animation-fill-mode:backwards]",
        className,
      )}
    />
  );
}

export function SkeletonRows({ rows = 5, label }: { rows?: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-3 p-4">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} className={row % 2 === 0 ? "h-5 w-full" : "h-5 w-2/3"} />
      ))}
    </div>
  );
}
