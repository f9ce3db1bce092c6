/** How many decisions wait, in amber; nothing when none do. */
export function PendingCount({ pending }: { pending: number | null }) {
  if (pending === null || pending === 0) return null;
  return (
    <span className="inline-flex h-5 min-w-5 items-center justify-center rounded-full bg-person-tint px-1.5 text-label font-semibold text-person">
      {pending > 99 ? "99+" : pending}
      <span className="sr-only"> waiting for you</span>
    </span>
  );
}
