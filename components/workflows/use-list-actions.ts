import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import type { WorkflowListItem } from "@/core/contracts/workflow";
import { downloadText } from "@/components/ui/download-text";
import { useTRPC, useTRPCClient } from "@/components/trpc";

/** How a bulk action went: how many, and one sentence for each that was refused. */
export interface BulkResult {
  done: number;
  problems: string[];
}

/** What rows of the list can be told to do. */
export function useListActions() {
  const api = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const queryClient = useQueryClient();
  const refresh = () => void queryClient.invalidateQueries();
  const duplicate = useMutation(
    api.library.duplicate.mutationOptions({
      onSuccess: ({ slug }) => router.push(`/workflows/${slug}?tab=canvas`),
      onSettled: refresh,
    }),
  );
  const each = async (
    items: readonly WorkflowListItem[],
    act: (item: WorkflowListItem) => Promise<unknown>,
  ): Promise<BulkResult> => {
    const results = await Promise.allSettled(items.map(act));
    refresh();
    return {
      done: results.filter(({ status }) => status === "fulfilled").length,
      problems: results.flatMap((result) =>
        result.status === "rejected"
          ? [result.reason instanceof Error ? result.reason.message : "It did not work."]
          : [],
      ),
    };
  };
  return {
    refresh,
    duplicate: (slug: string) => duplicate.mutate({ slug }),
    duplicateProblem: duplicate.error?.message ?? null,
    exportFile: async (slug: string) => {
      const { filename, json } = await client.library.exportDocument.query({ slug, version: "draft" });
      downloadText(filename, json);
      toast(`Saved as ${filename}`);
    },
    move: (items: readonly WorkflowListItem[], folder: string) =>
      each(items, ({ slug }) => client.library.organize.mutate({ slug, folder })),
    addTags: (items: readonly WorkflowListItem[], tags: readonly string[]) =>
      each(items, (item) =>
        client.library.organize.mutate({ slug: item.slug, tags: [...new Set([...item.tags, ...tags])] }),
      ),
    trash: (items: readonly WorkflowListItem[]) =>
      each(items, async ({ slug }) => {
        await client.library.trash.mutate({ slug });
        // Gone from the list at once; reading it again may take a moment.
        queryClient.setQueryData(api.workflows.list.queryKey(), (list) =>
          list ? { items: list.items.filter((item) => item.slug !== slug) } : list,
        );
      }),
  };
}
