"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { TriggerState } from "@/core/contracts/trigger";
import { useBuilder } from "@/components/builder/state/use-builder";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";

/** A change of the secret that waits for a second person: who did not ask decides, who asked may take it back. */
export function AskedSecret({
  triggerId,
  asked,
}: {
  triggerId: string;
  asked: NonNullable<TriggerState["askedSecret"]>;
}) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const slug = useBuilder((state) => state.slug);
  const decide = useMutation(
    api.triggers.decideSecret.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.triggers.state.queryKey({ slug }) }),
    }),
  );
  const give = (decision: "approve" | "reject"): void =>
    decide.mutate({ slug, triggerId, askedAt: asked.at, decision });
  const busyWith = decide.isPending ? decide.variables.decision : null;
  const what = asked.removes
    ? "to remove the secret. Without one, calls are refused."
    : "to replace the secret. Senders need the new one from then on.";
  return (
    <>
      <Notice
        tone="person"
        action={
          <span className="flex flex-wrap gap-2">
            {!asked.byYou && (
              <Button
                size="dense"
                look="primary"
                className="max-sm:h-11"
                busy={busyWith === "approve"}
                onClick={() => give("approve")}
              >
                Approve
              </Button>
            )}
            <Button size="dense" className="max-sm:h-11" busy={busyWith === "reject"} onClick={() => give("reject")}>
              {asked.byYou ? "Withdraw" : "Reject"}
            </Button>
          </span>
        }
      >
        {asked.byYou ? "You asked" : `${asked.by} asked`} <RelativeTime at={asked.at} /> {what}{" "}
        {asked.byYou && "Somebody else has to agree."}
      </Notice>
      {decide.error && <Notice tone="failed">{decide.error.message}</Notice>}
    </>
  );
}
