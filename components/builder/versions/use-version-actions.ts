"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { useBuilder, useBuilderStore } from "@/components/builder/state/use-builder";
import { useTRPCClient } from "@/components/trpc";
import { downloadText } from "@/components/ui/download-text";
import { sideWords, type Side } from "./version-side";

interface Done {
  onRolledBack: () => void;
  onRestored: () => void;
}

/** Roll back, edit from an old version, download one. The open builder follows each. */
export function useVersionActions({ onRolledBack, onRestored }: Done) {
  const client = useTRPCClient();
  const store = useBuilderStore();
  const queryClient = useQueryClient();
  const slug = useBuilder((state) => state.slug);
  const onSettled = () => void queryClient.invalidateQueries();
  const rollBack = useMutation({
    mutationFn: (version: number) => client.workflows.rollback.mutate({ slug, version }),
    onSuccess: async ({ publishedVersion }, version) => {
      await store.getState().reload();
      toast(`v${publishedVersion ?? ""} is live. It does what v${version} did.`);
      onRolledBack();
    },
    onSettled,
  });
  const restore = useMutation({
    mutationFn: async (version: number) => {
      // Edits under way belong before the copy, not on top of it.
      await store.getState().flush();
      await client.drafts.restore.mutate({ slug, version });
    },
    onSuccess: async (_answer, version) => {
      await store.getState().reload();
      toast(`The draft is a copy of v${version} now.`);
      onRestored();
    },
    onSettled,
  });
  const download = useMutation({
    mutationFn: async (side: Side) => {
      if (side === "draft") await store.getState().flush();
      const { filename, json } = await client.library.exportDocument.query({ slug, version: side });
      downloadText(filename, `${JSON.stringify(json, null, 2)}\n`);
      return sideWords(side);
    },
  });
  return {
    rollBack: rollBack.mutate,
    restore: restore.mutate,
    download: download.mutate,
    busy: rollBack.isPending || restore.isPending,
    problem: rollBack.error?.message ?? restore.error?.message ?? null,
    downloadProblem: download.error?.message ?? null,
    forget: () => {
      rollBack.reset();
      restore.reset();
    },
  };
}
