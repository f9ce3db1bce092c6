"use client";
import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, ArrowRight } from "lucide-react";
import dynamic from "next/dynamic";
import { Link } from "@/components/ui/link";
import type { DraftComparison } from "@/core/contracts/draft";
import type { DocumentChange } from "@/core/workflow/edit/document-changes";
import { ChangeList, changeCountWords } from "@/components/changes/change-list";
import { useTRPC } from "@/components/trpc";
import { buttonClass } from "@/components/ui/button-look";
import { ErrorState } from "@/components/ui/error-state";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import { loadLater } from "@/components/ui/load-later";
import { readSide, sideWords, type Side } from "./version-side";

const CompareDrawings = dynamic(
  () => loadLater(() => import("./compare-drawings")).then((module) => module.CompareDrawings),
  {
    ssr: false,
    loading: () => <SkeletonRows rows={6} label="Loading the drawings" />,
  },
);
const TextDiffView = dynamic(() => loadLater(() => import("./text-diff-view")).then((module) => module.TextDiffView), {
  loading: () => <SkeletonRows rows={6} label="Loading the text" />,
});

export interface CompareViewProps {
  slug: string;
  from: Side;
  to: Side;
  sides: readonly Side[];
  view: string;
  backHref: string;
  onChange: (next: { from: Side; to: Side; view: string }) => void;
}

/** Any two versions, or a version and the draft: in words, as drawings, as text. */
export function CompareView({ slug, from, to, sides, view, backHref, onChange }: CompareViewProps) {
  const api = useTRPC();
  const comparison = useQuery(api.drafts.compare.queryOptions({ slug, from, to }));
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <Link href={backHref} scroll={false} className={buttonClass({ look: "quiet", size: "dense" })}>
          <ArrowLeft size={15} aria-hidden /> All versions
        </Link>
        <SideSelect label="Before" side={from} sides={sides} onChange={(side) => onChange({ from: side, to, view })} />
        <ArrowRight size={15} aria-hidden className="text-ink-3" />
        <SideSelect label="After" side={to} sides={sides} onChange={(side) => onChange({ from, to: side, view })} />
        <p role="status" className="text-ink-2">
          {comparison.data ? changeCountWords(comparison.data.changes.length) : ""}
        </p>
      </div>
      {comparison.data ? (
        <Tabs
          label="How to compare"
          value={view}
          onChange={(next) => onChange({ from, to, view: next })}
          tabs={[
            { value: "words", label: "In words", panel: <InWords changes={comparison.data.changes} /> },
            {
              value: "drawing",
              label: "Drawings",
              panel: <Drawings from={from} to={to} comparison={comparison.data} />,
            },
            {
              value: "text",
              label: "Text",
              panel: <TextDiffView before={comparison.data.before} after={comparison.data.after} />,
            },
          ]}
        />
      ) : comparison.error ? (
        <ErrorState
          title="The comparison did not load"
          message={comparison.error.message}
          onRetry={() => void comparison.refetch()}
        />
      ) : (
        <SkeletonRows rows={6} label="Comparing" />
      )}
    </div>
  );
}

function InWords({ changes }: { changes: readonly DocumentChange[] }) {
  return (
    <div className="max-w-[680px]">
      <ChangeList changes={changes} label="Changes" details />
    </div>
  );
}

function Drawings({ from, to, comparison }: { from: Side; to: Side; comparison: DraftComparison }) {
  return (
    <CompareDrawings
      changes={comparison.changes}
      before={{ title: `Before: ${sideWords(from)}`, graph: comparison.beforeGraph }}
      after={{ title: `After: ${sideWords(to)}`, graph: comparison.afterGraph }}
    />
  );
}

interface SideSelectProps {
  label: string;
  side: Side;
  sides: readonly Side[];
  onChange: (side: Side) => void;
}

function SideSelect({ label, side, sides, onChange }: SideSelectProps) {
  return (
    <Select
      aria-label={label}
      value={String(side)}
      onChange={(event) => {
        const next = readSide(event.target.value, sides);
        if (next !== null) onChange(next);
      }}
    >
      {sides.map((each) => (
        <option key={each} value={String(each)}>
          {sideWords(each)}
        </option>
      ))}
    </Select>
  );
}
