import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

/** Says why nothing is here and what to do about it. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
}: {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-16 text-center">
      <Icon size={28} strokeWidth={1.5} aria-hidden className="mb-2 text-ink-3" />
      <p className="text-reading font-semibold">{title}</p>
      {children && <div className="max-w-96 text-body text-ink-2">{children}</div>}
      {action && <div className="mt-4">{action}</div>}
    </div>
  );
}
