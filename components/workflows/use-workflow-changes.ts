import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";

/** Publish, roll back, switch on and off; every page that shows the workflow is asked again afterwards. */
export function useWorkflowChanges(slug: string, onDone: () => void) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries();
  const publish = useMutation(api.workflows.publish.mutationOptions({ onSuccess: onDone, onSettled: refresh }));
  const rollback = useMutation(api.workflows.rollback.mutationOptions({ onSuccess: onDone, onSettled: refresh }));
  const enabled = useMutation(api.workflows.setEnabled.mutationOptions({ onSettled: refresh }));
  return {
    publish: (note: string) => publish.mutate({ slug, ...(note !== "" && { note }) }),
    rollBack: (version: number) => rollback.mutate({ slug, version }),
    setEnabled: (on: boolean) => enabled.mutate({ slug, enabled: on }),
    busy: publish.isPending || rollback.isPending,
    switching: enabled.isPending,
    dialogProblem: publish.error?.message ?? rollback.error?.message ?? null,
    switchProblem: enabled.error?.message ?? null,
    forget: () => {
      publish.reset();
      rollback.reset();
    },
  };
}
