"use client";
import { CircleAlert, CloudOff, LoaderCircle, LogIn } from "lucide-react";
import { usePathname, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { RelativeTime } from "@/components/ui/relative-time";
import { useBuilder } from "./state/use-builder";

/** Whether the server has everything. Failures stay until they are over. */
export function SaveWords() {
  const save = useBuilder((state) => state.save);
  const hasDraft = useBuilder((state) => state.workflow.hasDraft || state.canUndo);
  switch (save.kind) {
    case "saving":
      return (
        <span className="inline-flex items-center gap-1.5 px-2 text-dense text-ink-2">
          <LoaderCircle size={14} aria-hidden className="animate-turn" /> Saving
        </span>
      );
    case "waiting":
      return (
        <Alert icon={<CloudOff size={14} aria-hidden />}>
          No connection. Your edits are kept here and saved when it is back.
        </Alert>
      );
    case "signed_out":
      return (
        <Alert icon={<LogIn size={14} aria-hidden />}>
          You are signed out. Your edits are kept here. <SignInAgain /> and they are saved.
        </Alert>
      );
    case "not_allowed":
      return (
        <Alert icon={<CircleAlert size={14} aria-hidden />}>
          You may not change this workflow any more. Your edits are kept in this browser; ask an administrator for the
          role and they are saved.
        </Alert>
      );
    case "failed":
      return <Alert icon={<CircleAlert size={14} aria-hidden />}>{save.message}</Alert>;
    case "saved":
      return (
        <span className="px-2 text-dense text-ink-2">
          {hasDraft ? (
            <>
              Saved <RelativeTime at={save.at} past />
            </>
          ) : (
            "No changes"
          )}
        </span>
      );
  }
}

function Alert({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <span role="alert" className="inline-flex items-center gap-1.5 px-2 text-dense text-failed">
      {icon} <span>{children}</span>
    </span>
  );
}

/** Leads back to this very page. The page is loaded anew, which takes up the edits that are kept. */
function SignInAgain() {
  const query = useSearchParams().toString();
  const here = usePathname() + (query === "" ? "" : `?${query}`);
  return (
    <a href={`/sign-in?next=${encodeURIComponent(here)}`} className="font-medium underline">
      Sign in again
    </a>
  );
}
