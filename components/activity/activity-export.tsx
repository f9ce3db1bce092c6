"use client";
import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-look";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import type { queryOf } from "./activity-filter";

type Query = ReturnType<typeof queryOf>;
const most = 100_000;

/** What is filtered, as a file. */
export function ActivityExport({ query }: { query: Query }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon={<Download size={15} aria-hidden />} onClick={() => setOpen(true)}>
        Export
      </Button>
      {isOpen && <ExportDialog query={query} onClose={() => setOpen(false)} />}
    </>
  );
}

function ExportDialog({ query, onClose }: { query: Query; onClose: () => void }) {
  const api = useTRPC();
  const size = useQuery(api.audit.size.queryOptions(query));
  const lines = size.data?.lines;
  const fits = lines !== undefined && lines > 0 && lines <= most;
  return (
    <Dialog
      open
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      title="Export the activity"
      description="All that matches what you chose on the page. That you took it is noted here too."
      footer={
        fits && (
          <>
            <a href={fileAddress(query, "jsonl")} download className={buttonClass()} onClick={onClose}>
              JSON Lines
            </a>
            <a href={fileAddress(query, "csv")} download className={buttonClass({ look: "primary" })} onClick={onClose}>
              CSV for spreadsheets
            </a>
          </>
        )
      }
    >
      {size.error ? (
        <Notice tone="failed">{size.error.message}</Notice>
      ) : lines === undefined ? (
        <div role="status" aria-label="Counting">
          <Skeleton className="h-5 w-2/3" />
        </div>
      ) : (
        <p role="status">{sizeWords(lines)}</p>
      )}
    </Dialog>
  );
}

function sizeWords(lines: number): string {
  if (lines === 0) return "Nothing matches, so there is nothing to export.";
  if (lines > most) return "More than 100,000 lines match, and a file holds no more. Choose a shorter time first.";
  return lines === 1 ? "1 line, newest first." : `${lines.toLocaleString("en")} lines, newest first.`;
}

function fileAddress({ subjectType, ...query }: Query, format: "csv" | "jsonl"): string {
  const params = new URLSearchParams({ format, ...query, ...(subjectType ? { subject_type: subjectType } : {}) });
  return `/api/v1/audit/export?${params.toString()}`;
}
