"use client";
import { useQuery } from "@tanstack/react-query";
import { clsx } from "clsx";
import { Link } from "@/components/ui/link";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import type { WorkflowDetail } from "@/core/contracts/workflow";
import { ConfigurationTab } from "@/components/builder/configuration/configuration-tab";
import { JsonTab } from "@/components/builder/json/json-tab";
import { DraftBanner } from "@/components/builder/publish/draft-banner";
import { PublishButton } from "@/components/builder/publish/publish-button";
import { TriggersTab } from "@/components/builder/triggers/triggers-tab";
import { VersionsTab } from "@/components/builder/versions/versions-tab";
import { BuilderProvider } from "@/components/builder/state/builder-provider";
import { useBuilderStore } from "@/components/builder/state/use-builder";
import { ExecutionsList } from "@/components/runs/executions-list";
import { Page } from "@/components/shell/page-header";
import { useTRPC } from "@/components/trpc";
import { ErrorState } from "@/components/ui/error-state";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import { StartRunDialog } from "@/components/workflows/start-run-dialog";
import { useWorkflowChanges } from "@/components/workflows/use-workflow-changes";
import { WorkflowActions } from "@/components/workflows/workflow-actions";
import { versionWords } from "@/components/workflows/workflow-rows";
import { WorkflowStatusChip } from "@/components/workflows/workflow-status-chip";
import { Workspace } from "./workspace";

/** A workflow's page: what it is, the builder, and everything about it in tabs. One draft is open across all of them. */
export function WorkflowBuilder({ slug }: { slug: string }) {
  const api = useTRPC();
  const workflow = useQuery(api.workflows.get.queryOptions({ slug }));
  // Read once: from then on the builder's own sync keeps it.
  const draft = useQuery({ ...api.drafts.open.queryOptions({ slug }), staleTime: Infinity, gcTime: 0 });
  const problem = workflow.error ?? draft.error;
  if (workflow.data && draft.data)
    return (
      <BuilderProvider key={draft.data.workflowId} initial={draft.data}>
        <OpenWorkflow workflow={workflow.data} />
      </BuilderProvider>
    );
  return (
    <Page>
      {problem ? (
        <ErrorState
          title="This workflow did not load"
          message={problem.message}
          onRetry={() => {
            void workflow.refetch();
            void draft.refetch();
          }}
        />
      ) : (
        <SkeletonRows rows={8} label="Loading the workflow" />
      )}
    </Page>
  );
}

const tabNames = ["canvas", "executions", "versions", "triggers", "configuration", "json"] as const;

function OpenWorkflow({ workflow }: { workflow: WorkflowDetail }) {
  const router = useRouter();
  const path = usePathname();
  const asked = useSearchParams().get("tab");
  const tab = tabNames.find((name) => name === asked) ?? "canvas";
  const [starting, setStarting] = useState(false);
  const changes = useWorkflowChanges(workflow.slug);
  useNewVersions(workflow);
  return (
    <div
      className={clsx(
        "flex flex-col px-4 pt-4 md:px-6",
        tab === "canvas" && "h-[calc(100dvh-3.5rem)] max-md:h-[calc(100dvh-8.5rem)]",
      )}
    >
      <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <nav aria-label="Where you are" className="text-dense text-ink-2">
            <Link href="/workflows" className="hover:underline">
              Workflows
            </Link>
          </nav>
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="text-heading font-semibold [overflow-wrap:anywhere]">{workflow.name}</h1>
            <WorkflowStatusChip workflow={workflow} />
            <span className="text-dense text-ink-2">{versionWords(workflow)}</span>
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <WorkflowActions
            workflow={workflow}
            switching={changes.switching}
            onEnable={changes.setEnabled}
            onStart={() => setStarting(true)}
          />
          <PublishButton />
        </div>
      </header>
      {changes.switchProblem !== null && <Notice tone="failed">{changes.switchProblem}</Notice>}
      <DraftBanner />
      <Tabs
        label="Parts of this workflow"
        value={tab}
        onChange={(next) => router.replace(`${path}?tab=${next}`, { scroll: false })}
        tabs={[
          { value: "canvas", label: "Canvas", fill: true, panel: <Workspace /> },
          {
            value: "executions",
            label: "Executions",
            count: workflow.executions,
            panel: <ExecutionsList workflowId={workflow.id} />,
          },
          {
            value: "versions",
            label: "Versions",
            count: workflow.versions.length,
            panel: <VersionsTab workflow={workflow} />,
          },
          { value: "triggers", label: "Triggers", panel: <TriggersTab /> },
          { value: "configuration", label: "Configuration", panel: <ConfigurationTab /> },
          { value: "json", label: "JSON", panel: <JsonTab /> },
        ]}
      />
      {starting && <StartRunDialog workflow={workflow} onClose={() => setStarting(false)} />}
    </div>
  );
}

/** Published or rolled back elsewhere, over the API too: the open builder takes it over. */
function useNewVersions({ headVersion, publishedVersion }: WorkflowDetail): void {
  const store = useBuilderStore();
  useEffect(() => {
    const { workflow, reload } = store.getState();
    if (workflow.headVersion !== headVersion || workflow.publishedVersion !== publishedVersion)
      // Without an answer the next edit brings it.
      reload().catch(() => undefined);
  }, [store, headVersion, publishedVersion]);
}
