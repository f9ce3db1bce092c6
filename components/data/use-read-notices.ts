import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTRPC } from "@/components/trpc";

/** What is open on the screen counts as read in the bell. */
export function useReadNotices(waitpointId: string | null): void {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const count = useQuery(api.notices.count.queryOptions());
  const isUnread = (count.data?.unread ?? 0) > 0;
  const { mutate } = useMutation(
    api.notices.read.mutationOptions({
      onSuccess: ({ read }) => {
        if (read > 0) void queryClient.invalidateQueries({ queryKey: api.notices.pathKey() });
      },
    }),
  );
  useEffect(() => {
    if (isUnread && waitpointId !== null) mutate({ waitpointId });
  }, [isUnread, waitpointId, mutate]);
}
