"use client";
import { useQuery } from "@tanstack/react-query";
import { FileUp, LayoutTemplate, Plus, Workflow } from "lucide-react";
import { Link } from "@/components/ui/link";
import { useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import { workflowStatuses } from "@/core/contracts/workflow";
import { ImportDialog } from "@/components/library/import-dialog";
import { useTRPC } from "@/components/trpc";
import { Page, PageHeader } from "@/components/shell/page-header";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-look";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { FolderNav } from "./folder-nav";
import { ListToolbar } from "./list-toolbar";
import { TrashList } from "./trash-list";
import type { WorkflowFilter } from "./workflow-filter";
import { WorkflowList } from "./workflow-list";

/** Every workflow of the organization, in folders. The address keeps what is shown. */
export function WorkflowsScreen() {
  const api = useTRPC();
  const list = useQuery(api.workflows.list.queryOptions());
  const steps = useQuery(api.library.firstSteps.queryOptions());
  const { filter, inTrash, setFilter, openTrash } = useFilter();
  const [importing, setImporting] = useState(false);
  const mayEdit = steps.data?.mayCreate ?? false;
  const items = list.data?.items ?? [];
  return (
    <Page>
      <PageHeader
        title={inTrash ? "Trash" : "Workflows"}
        actions={
          <>
            <Link href="/workflows/templates" className={buttonClass()}>
              <LayoutTemplate size={16} aria-hidden /> Templates
            </Link>
            {mayEdit && (
              <>
                <Button icon={<FileUp size={16} aria-hidden />} onClick={() => setImporting(true)}>
                  Import
                </Button>
                <Link href="/workflows/new" className={buttonClass({ look: "primary" })}>
                  <Plus size={16} aria-hidden /> New Automation
                </Link>
              </>
            )}
          </>
        }
      />
      <div className="lg:grid lg:grid-cols-[192px_minmax(0,1fr)] lg:gap-6">
        <FolderNav items={items} filter={filter} inTrash={inTrash} onFilter={setFilter} onTrash={openTrash} />
        <section aria-label={inTrash ? "Trash" : "Workflows"} className="flex min-w-0 flex-col gap-3">
          <ListToolbar items={items} filter={filter} inTrash={inTrash} onFilter={setFilter} onTrash={openTrash} />
          {inTrash ? (
            <TrashList mayEdit={mayEdit} />
          ) : list.data ? (
            items.length > 0 ? (
              <WorkflowList items={items} filter={filter} mayEdit={mayEdit} onClear={() => setFilter(noFilter)} />
            ) : (
              <EmptyState
                icon={Workflow}
                title="No workflows yet"
                action={
                  mayEdit && (
                    <Link href="/workflows/templates" className={buttonClass()}>
                      Choose a template
                    </Link>
                  )
                }
              >
                Make one from scratch, or begin with a template that runs on the demo services.
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
        </section>
      </div>
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
    </Page>
  );
}

const noFilter: WorkflowFilter = { q: "", folder: null, tag: null, status: null };

function useFilter() {
  const query = useSearchParams();
  const router = useRouter();
  // What is typed shows at once; the address follows.
  const [q, setQ] = useState(query.get("q") ?? "");
  const filter: WorkflowFilter = {
    q,
    folder: query.get("folder"),
    tag: query.get("tag"),
    status: workflowStatuses.find((each) => each === query.get("status")) ?? null,
  };
  const go = (params: URLSearchParams) =>
    router.replace(params.size === 0 ? "/workflows" : `/workflows?${params.toString()}`, { scroll: false });
  return {
    filter,
    inTrash: query.get("view") === "trash",
    setFilter: (change: Partial<WorkflowFilter>) => {
      const params = new URLSearchParams();
      if (change.q !== undefined) setQ(change.q);
      for (const [key, value] of Object.entries({ ...filter, ...change }))
        if (value !== null && !(key === "q" && value === "")) params.set(key, value);
      go(params);
    },
    openTrash: () => go(new URLSearchParams({ view: "trash" })),
  };
}
