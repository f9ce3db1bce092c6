"use client";
import { ScrollText } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import { Page, PageHeader } from "@/components/shell/page-header";
import { EmptyState } from "@/components/ui/empty-state";
import { EvidenceMenu } from "@/components/ui/evidence-menu";
import { ActivityExport } from "./activity-export";
import { ActivityFilters } from "./activity-filters";
import { ActivityList } from "./activity-list";
import { ActivitySeal } from "./activity-seal";
import { boundsOf, choiceAddress, queryOf, readChoice, type ActivityChoice } from "./activity-filter";

/** Of the time that is chosen; null without one. */
function evidenceAddress(choice: ActivityChoice, now: number): string | null {
  const { since, until } = boundsOf(choice, now);
  if (since === null) return null;
  return `/api/v1/audit/evidence?${new URLSearchParams({ since, until: until ?? new Date(now).toISOString() }).toString()}`;
}

/** Who did what in the organization. The address keeps the filter. */
export function ActivityScreen({ mayRead }: { mayRead: boolean }) {
  const router = useRouter();
  const choice = readChoice(useSearchParams());
  // Quick choices count back from when they were made, so that pages of one list fit together.
  const [now, setNow] = useState(() => Date.now());
  const choose = (next: ActivityChoice) => {
    setNow(Date.now());
    router.replace(choiceAddress(next), { scroll: false });
  };
  if (!mayRead)
    return (
      <Page>
        <PageHeader title="Activity" />
        <EmptyState icon={ScrollText} title="Only administrators see the activity">
          Ask an owner or administrator of your organization to look something up for you.
        </EmptyState>
      </Page>
    );
  const filtered = choiceAddress(choice) !== "/activity";
  return (
    <Page>
      <PageHeader
        title="Activity"
        note="Who did what. Nothing here can be changed or removed."
        actions={
          <>
            <EvidenceMenu
              address={evidenceAddress(choice, now)}
              reason="Choose a time first: evidence holds all decisions of a time range."
            />
            <ActivityExport query={queryOf(choice, now)} />
          </>
        }
      />
      <ActivityFilters choice={choice} onChoose={choose} />
      <ActivityList
        query={queryOf(choice, now)}
        empty={
          <EmptyState icon={ScrollText} title={filtered ? "Nothing matches" : "Nothing happened yet"}>
            {filtered ? "Choose a longer time, or fewer conditions." : "Whatever people do here is listed from now on."}
          </EmptyState>
        }
      />
      <ActivitySeal />
    </Page>
  );
}
