"use client";
import { useQuery } from "@tanstack/react-query";
import { Workflow } from "lucide-react";
import { useTRPC } from "@/components/trpc";
import { Page, PageHeader } from "@/components/shell/page-header";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { WorkflowRows } from "./workflow-rows";

export function WorkflowsScreen() {
  const api = useTRPC();
  const list = useQuery(api.workflows.list.queryOptions());
  return (
    <Page>
      <PageHeader title="Workflows" />
      {list.data ? (
        list.data.items.length > 0 ? (
          <WorkflowRows items={list.data.items} />
        ) : (
          <EmptyState icon={Workflow} title="No workflows yet">
            Put a JSON file into the project’s workflows folder, or create one through the API.
          </EmptyState>
        )
      ) : list.error ? (
        <ErrorState
          title="The workflows did not load"
          message={list.error.message}
          onRetry={() => void list.refetch()}
        />
      ) : (
        <SkeletonRows rows={6} label="Loading workflows" />
      )}
    </Page>
  );
}
