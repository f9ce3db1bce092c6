import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";

/** The Active toggle; every page that shows the workflow is asked again afterwards. */
export function useWorkflowChanges(slug: string) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const enabled = useMutation(
    api.workflows.setEnabled.mutationOptions({ onSettled: () => queryClient.invalidateQueries() }),
  );
  return {
    setEnabled: (on: boolean) => enabled.mutate({ slug, enabled: on }),
    switching: enabled.isPending,
    switchProblem: enabled.error?.message ?? null,
  };
}
