"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useBuilder } from "@/components/builder/state/use-builder";
import { useTRPC } from "@/components/trpc";

/** What the server knows of the triggers, asked again whenever the draft was saved. */
export function useTriggersState() {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const slug = useBuilder((state) => state.slug);
  const revision = useBuilder((state) => state.workflow.revision);
  const options = api.triggers.state.queryOptions({ slug });
  const key = JSON.stringify(options.queryKey);
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: JSON.parse(key) as readonly unknown[] });
  }, [queryClient, key, revision]);
  return useQuery(options);
}
