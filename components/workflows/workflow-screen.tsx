"use client";
import { useQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import type { WorkflowDetail } from "@/core/contracts/workflow";
import { useTRPC } from "@/components/trpc";
import { WorkflowDrawing } from "@/components/graph/workflow-drawing";
import { RunList } from "@/components/runs/run-list";
import { Page, PageHeader } from "@/components/shell/page-header";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import { IssueList } from "./issue-list";
import { PublishDialog } from "./publish-dialog";
import { goesLiveWords } from "./publish-words";
import { StartRunDialog } from "./start-run-dialog";
import { useWorkflowChanges } from "./use-workflow-changes";
import { VersionRows } from "./version-rows";
import { WorkflowActions } from "./workflow-actions";
import { versionWords } from "./workflow-rows";
import { WorkflowStatusChip } from "./workflow-status-chip";

export function WorkflowScreen({ slug }: { slug: string }) {
  const api = useTRPC();
  const workflow = useQuery(api.workflows.get.queryOptions({ slug }));
  if (workflow.data) return <LoadedWorkflow workflow={workflow.data} />;
  return (
    <Page>
      {workflow.error ? (
        <ErrorState
          title="This workflow did not load"
          message={workflow.error.message}
          onRetry={() => void workflow.refetch()}
        />
      ) : (
        <SkeletonRows rows={8} label="Loading the workflow" />
      )}
    </Page>
  );
}

type OpenDialog = { kind: "publish" | "start" } | { kind: "rollback"; version: number } | null;

function LoadedWorkflow({ workflow }: { workflow: WorkflowDetail }) {
  const router = useRouter();
  const query = useSearchParams();
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const close = () => setDialog(null);
  const changes = useWorkflowChanges(workflow.slug, close);
  const open = (next: OpenDialog) => {
    changes.forget();
    setDialog(next);
  };
  return (
    <Page>
      <nav aria-label="Where you are" className="mb-3 text-dense text-ink-2">
        <Link href="/workflows" className="hover:underline">
          Workflows
        </Link>
      </nav>
      <PageHeader
        title={workflow.name}
        note={
          <>
            <span className="mb-1.5 flex flex-wrap items-center gap-2">
              <WorkflowStatusChip workflow={workflow} />
              <span className="text-dense">{versionWords(workflow)}</span>
            </span>
            {workflow.description}
          </>
        }
        actions={
          <WorkflowActions
            workflow={workflow}
            switching={changes.switching}
            onEnable={changes.setEnabled}
            onStart={() => open({ kind: "start" })}
            onPublish={() => open({ kind: "publish" })}
          />
        }
      />
      {changes.switchProblem !== null && (
        <div className="mb-4">
          <Notice tone="failed">{changes.switchProblem}</Notice>
        </div>
      )}
      <Tabs
        label="Parts of this workflow"
        value={query.get("tab") ?? "canvas"}
        onChange={(tab) => router.replace(`/workflows/${workflow.slug}?tab=${tab}`, { scroll: false })}
        tabs={[
          { value: "canvas", label: "Canvas", panel: <CanvasTab workflow={workflow} /> },
          {
            value: "executions",
            label: "Executions",
            count: workflow.executions,
            panel: <ExecutionsTab workflow={workflow} />,
          },
          {
            value: "versions",
            label: "Versions",
            count: workflow.versions.length,
            panel: (
              <VersionRows
                versions={workflow.versions}
                onRollBack={workflow.may.publish ? (version) => open({ kind: "rollback", version }) : null}
              />
            ),
          },
        ]}
      />
      {dialog?.kind === "start" && <StartRunDialog workflow={workflow} onClose={close} />}
      {dialog?.kind === "publish" && (
        <PublishDialog
          title={`Publish v${workflow.headVersion}?`}
          consequence={goesLiveWords(workflow.headVersion, workflow)}
          submitLabel="Publish"
          askNote
          busy={changes.busy}
          problem={changes.dialogProblem}
          onClose={close}
          onSubmit={changes.publish}
        />
      )}
      {dialog?.kind === "rollback" && (
        <PublishDialog
          title={`Roll back to v${dialog.version}?`}
          consequence={goesLiveWords(dialog.version, workflow)}
          submitLabel="Roll back"
          askNote={false}
          busy={changes.busy}
          problem={changes.dialogProblem}
          onClose={close}
          onSubmit={() => changes.rollBack(dialog.version)}
        />
      )}
    </Page>
  );
}

function CanvasTab({ workflow }: { workflow: WorkflowDetail }) {
  return (
    <div className="flex flex-col gap-4">
      {workflow.issues.length > 0 && <IssueList issues={workflow.issues} />}
      <WorkflowDrawing graph={workflow.graph} label={`Drawing of ${workflow.name}`} height="h-[70dvh] min-h-[420px]" />
    </div>
  );
}

function ExecutionsTab({ workflow }: { workflow: WorkflowDetail }) {
  return (
    <RunList
      filter={{ workflowId: workflow.id }}
      showWorkflow={false}
      empty={
        <EmptyState icon={Play} title="No executions yet">
          Start a run, or wait for a trigger.
        </EmptyState>
      }
    />
  );
}
