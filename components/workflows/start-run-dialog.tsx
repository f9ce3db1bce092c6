"use client";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { WorkflowDetail } from "@/core/contracts/workflow";
import { useTRPC } from "@/components/trpc";
import { SchemaForm } from "@/components/fields/schema-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

/** Asks for the workflow's input, starts a run and opens it. */
export function StartRunDialog({
  workflow,
  onClose,
}: {
  workflow: Pick<WorkflowDetail, "slug" | "name" | "publishedVersion" | "inputSchema">;
  onClose: () => void;
}) {
  const api = useTRPC();
  const router = useRouter();
  const start = useMutation(api.runs.start.mutationOptions({ onSuccess: ({ id }) => router.push(`/runs/${id}`) }));
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Start ${workflow.name}`}
      description={`A real run of v${workflow.publishedVersion ?? 1}.`}
    >
      <SchemaForm
        schema={workflow.inputSchema ?? {}}
        submitLabel="Start run"
        busy={start.isPending || start.isSuccess}
        problem={start.error}
        onSubmit={(input) => start.mutate({ workflow: workflow.slug, input })}
        beside={<Button onClick={onClose}>Not now</Button>}
      />
    </Dialog>
  );
}
