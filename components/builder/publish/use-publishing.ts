"use client";
import { skipToken, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { useBuilder, useBuilderStore } from "@/components/builder/state/use-builder";
import { useTRPC } from "@/components/trpc";
import { publishedWords } from "./preview-words";

/** What publishing needs: edits saved first, then the server's preview, then the publication of exactly that revision. */
export function usePublishing(onDone: () => void) {
  const api = useTRPC();
  const store = useBuilderStore();
  const queryClient = useQueryClient();
  const slug = useBuilder((state) => state.slug);
  const [flush, setFlush] = useState<{ done: boolean; problem: string | null; tries: number }>(firstFlush);
  const { tries, done: flushed } = flush;
  useEffect(() => {
    let open = true;
    store
      .getState()
      .flush()
      .then(
        () => open && setFlush({ done: true, problem: null, tries }),
        (error: unknown) => open && setFlush({ done: false, problem: messageOf(error), tries }),
      );
    return () => {
      open = false;
    };
  }, [store, tries]);

  // What is read here is published: never an answer from an earlier visit.
  const preview = useQuery(
    api.drafts.preview.queryOptions(flushed ? { slug } : skipToken, { staleTime: 0, gcTime: 0 }),
  );
  const publish = useMutation(
    api.drafts.publish.mutationOptions({
      onSuccess: async (answer) => {
        toast(
          "published" in answer
            ? publishedWords(answer.published, preview.data?.openRuns ?? [])
            : `Asked for review. v${preview.data?.nextVersion ?? ""} goes live when a second person approves it.`,
        );
        // The page's head asks again while the builder does.
        void queryClient.invalidateQueries();
        await store.getState().reload();
        onDone();
      },
      onError: () => void queryClient.invalidateQueries(),
    }),
  );
  return {
    preview: preview.data ?? null,
    /** Why there is no preview: the last edits cannot be saved, or the server refused. */
    previewProblem: flush.problem ?? preview.error?.message ?? null,
    retryPreview: () => (flushed ? void preview.refetch() : setFlush({ done: false, problem: null, tries: tries + 1 })),
    publish: (note: string) => {
      if (preview.data) publish.mutate({ slug, revision: preview.data.revision, note });
    },
    busy: publish.isPending,
    problem: publish.error?.message ?? null,
  };
}

const firstFlush = { done: false, problem: null, tries: 0 };

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "The last edits could not be saved. Try again.";
}
