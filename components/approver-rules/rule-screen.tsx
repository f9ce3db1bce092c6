"use client";
import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Page } from "@/components/shell/page-header";
import { useTRPC } from "@/components/trpc";
import { RuleEditor } from "./rule-editor";

interface RuleScreenProps {
  ruleKey: string;
  mayWrite: boolean;
  mayPublish: boolean;
}

/** One table: its questions and rows, who would decide a request, and its versions. */
export function RuleScreen({ ruleKey, ...rights }: RuleScreenProps) {
  const api = useTRPC();
  const rule = useQuery(api.approverRules.get.queryOptions({ key: ruleKey }));
  return (
    <Page>
      {rule.data ? (
        <RuleEditor rule={rule.data} {...rights} />
      ) : rule.error ? (
        <ErrorState title="The table did not load" message={rule.error.message} onRetry={() => void rule.refetch()} />
      ) : (
        <SkeletonRows rows={6} label="Loading the table" />
      )}
    </Page>
  );
}
