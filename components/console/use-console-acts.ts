import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc";

/** What an operator does with one conversation. Each resolves to false when it was refused: what was typed stays. */
export function useConsoleActs(id: string) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const shared = {
    // Said now or not at all: no connection that comes back sends it later.
    networkMode: "always" as const,
    onMutate: () => {
      setProblem(null);
      setDone(null);
    },
    onError: (error: { message: string }) =>
      setProblem(navigator.onLine ? error.message : "You are offline. Nothing was sent."),
    onSettled: () => queryClient.invalidateQueries(),
  };
  const claim = useMutation(api.console.claim.mutationOptions(shared));
  const release = useMutation(api.console.release.mutationOptions(shared));
  const close = useMutation(api.console.close.mutationOptions(shared));
  const reopen = useMutation(api.console.reopen.mutationOptions(shared));
  const answer = useMutation(api.console.answer.mutationOptions(shared));
  const note = useMutation(api.console.note.mutationOptions(shared));
  const handBack = useMutation(api.inbox.resolveHandoff.mutationOptions(shared));
  const whether = (work: Promise<unknown>, sentence: string | null = null): Promise<boolean> =>
    work.then(
      () => {
        setDone(sentence);
        return true;
      },
      () => false,
    );
  return {
    claim: (from: string | null, word = "") =>
      whether(claim.mutateAsync({ id, from, word }), from === null ? null : "You have it now."),
    release: (word: string) => whether(release.mutateAsync({ id, word }), "Released. It stands in the queue again."),
    close: () => whether(close.mutateAsync({ id }), "Closed. What the customer writes next opens it again."),
    reopen: () => whether(reopen.mutateAsync({ id })),
    answer: (body: string) => whether(answer.mutateAsync({ id, body })),
    note: (body: string) => whether(note.mutateAsync({ id, body })),
    handBack: (handoff: { id: string; resolution?: string; note?: string }) =>
      whether(handBack.mutateAsync(handoff), "Handed back. The run goes on."),
    busy: [claim, release, close, reopen, handBack].some(({ isPending }) => isPending),
    sending: answer.isPending || note.isPending,
    problem,
    /** What came of the last act. */
    done,
  };
}

export type ConsoleActs = ReturnType<typeof useConsoleActs>;
