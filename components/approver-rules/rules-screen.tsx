"use client";
import { useQuery } from "@tanstack/react-query";
import { Table2 } from "lucide-react";
import { Link } from "@/components/ui/link";
import { useState } from "react";
import type { RuleItem } from "@/core/contracts/approver-rule";
import { Page, PageHeader } from "@/components/shell/page-header";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { DottedLine } from "@/components/ui/dotted-line";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowItem, rowLinkClass, Rows } from "@/components/ui/rows";
import { SkeletonRows } from "@/components/ui/skeleton";
import { VisibleText } from "@/components/ui/visible-text";
import { NewRuleDialog } from "./new-rule-dialog";

/** The tables that say who decides. */
export function RulesScreen({ mayWrite }: { mayWrite: boolean }) {
  const api = useTRPC();
  const rules = useQuery(api.approverRules.list.queryOptions());
  const [making, setMaking] = useState(false);
  const items = rules.data?.items;
  return (
    <Page>
      <PageHeader
        title="Approver rules"
        note="Tables that say who decides what. A change holds for what is asked from then on."
        actions={mayWrite && <Button onClick={() => setMaking(true)}>New table</Button>}
      />
      {rules.error !== null && items === undefined ? (
        <ErrorState
          title="The tables did not load"
          message={rules.error.message}
          onRetry={() => void rules.refetch()}
        />
      ) : items === undefined ? (
        <SkeletonRows rows={4} label="Loading the tables" />
      ) : items.length === 0 ? (
        <EmptyState icon={Table2} title="There are no tables yet">
          {mayWrite
            ? "Make one, then have an approval step ask by it instead of naming people."
            : "Whoever may change workflows can make one."}
        </EmptyState>
      ) : (
        <Rows aria-label="Approver rules" className="max-w-[900px]">
          {items.map((item) => (
            <RuleLine key={item.key} item={item} />
          ))}
        </Rows>
      )}
      {making && <NewRuleDialog onClose={() => setMaking(false)} />}
    </Page>
  );
}

function RuleLine({ item }: { item: RuleItem }) {
  const { key, name, live_version: version, published_at: at, has_changes: hasChanges, rows, used_by: uses } = item;
  return (
    <RowItem className="flex-wrap gap-y-1">
      <div className="min-w-0 flex-[1_1_220px] [overflow-wrap:anywhere]">
        <Link href={`/settings/approver-rules/${key}`} className={rowLinkClass}>
          <VisibleText text={name} />
        </Link>
        <DottedLine
          className="text-dense text-ink-2"
          parts={[
            version === null ? "Decides nothing yet" : `Version ${String(version)} decides`,
            at !== null && <RelativeTime key="at" at={at} prefix="published " />,
            rows === 1 ? "1 row" : `${String(rows)} rows`,
            uses.length === 0 ? "No live workflow asks by it" : `Asked by ${uses.map((use) => use.name).join(", ")}`,
          ]}
        />
      </div>
      {version !== null && hasChanges && <Chip>Changes not published</Chip>}
    </RowItem>
  );
}
