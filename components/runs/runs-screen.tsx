"use client";
import { Play } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import { runStatuses, type RunStatus } from "@/core/run-status";
import { Page, PageHeader } from "@/components/shell/page-header";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchInput } from "@/components/ui/search-input";
import { Select } from "@/components/ui/select";
import { RunList } from "./run-list";
import { runStatusFaces } from "./run-status";

/** Every run of the organization, found by what it is about. The address keeps the filter. */
export function RunsScreen() {
  const query = useSearchParams();
  const router = useRouter();
  const status = runStatuses.find((each) => each === query.get("status"));
  const q = query.get("q") ?? "";
  const setFilter = (next: { status?: RunStatus | undefined; q: string }) => {
    const params = new URLSearchParams();
    if (next.q !== "") params.set("q", next.q);
    if (next.status) params.set("status", next.status);
    router.replace(params.size === 0 ? "/runs" : `/runs?${params.toString()}`, { scroll: false });
  };
  const filtered = status !== undefined || q !== "";
  return (
    <Page>
      <PageHeader title="Runs" />
      <div className="mb-4 flex flex-wrap gap-2">
        <SearchBox value={q} onChange={(text) => setFilter({ status, q: text })} />
        <Select
          aria-label="Status"
          value={status ?? ""}
          onChange={(event) => setFilter({ status: runStatuses.find((each) => each === event.target.value), q })}
          className="max-sm:flex-1"
        >
          <option value="">Every status</option>
          {runStatuses.map((each) => (
            <option key={each} value={each}>
              {runStatusFaces[each].word}
            </option>
          ))}
        </Select>
      </div>
      <RunList
        filter={{ ...(status && { status: [status] }), ...(q !== "" && { q }) }}
        empty={
          <EmptyState icon={Play} title={filtered ? "No run matches" : "No runs yet"}>
            {filtered ? "Try another word or status." : "Start one from a workflow, or wait for its trigger."}
          </EmptyState>
        }
      />
    </Page>
  );
}

const typingPauseMs = 250;

function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  const isShown = useEffectEvent((typed: string) => typed === value);
  const show = useEffectEvent((typed: string) => onChange(typed));
  // Only typing starts the pause; a value from elsewhere must not.
  useEffect(() => {
    const typed = text.trim();
    if (isShown(typed)) return;
    const timer = setTimeout(() => show(typed), typingPauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <SearchInput
      label="Search runs"
      placeholder="Customer, value or id"
      value={text}
      onChange={setText}
      className="w-full sm:w-80"
    />
  );
}
