"use client";
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";

/** What happened, and the way on. `message` comes from the server in plain words. */
export function ErrorState({
  title,
  message,
  onRetry,
  action,
}: {
  title: string;
  message: string;
  onRetry?: () => void;
  action?: ReactNode;
}) {
  return (
    <div role="alert" className="flex flex-col items-center gap-2 px-6 py-16 text-center">
      <CircleAlert size={28} strokeWidth={1.5} aria-hidden className="mb-2 text-failed" />
      <p className="text-reading font-semibold">{title}</p>
      <p className="max-w-96 text-body break-words text-ink-2">{message}</p>
      {(onRetry ?? action) && (
        <div className="mt-4 flex gap-2">
          {action}
          {onRetry && <Button onClick={onRetry}>Try again</Button>}
        </div>
      )}
    </div>
  );
}
