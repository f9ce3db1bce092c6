"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import type { RuleDetail } from "@/core/contracts/approver-rule";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";

/** Takes a table away that no live workflow asks by. */
export function RemoveRule({ rule }: { rule: RuleDetail }) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const remove = useMutation(
    api.approverRules.remove.mutationOptions({
      onSuccess: () => {
        toast(`“${rule.name}” is removed.`);
        router.push("/settings/approver-rules");
      },
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.approverRules.list.queryKey() }),
    }),
  );
  return (
    <div>
      <Button onClick={() => setAsking(true)}>Remove this table…</Button>
      {asking && (
        <Dialog
          open
          onOpenChange={setAsking}
          title={`Remove “${rule.name}”?`}
          description="Requests that it asked keep saying so. It comes back under the same key, with its versions counted on."
          footer={
            <>
              <Button onClick={() => setAsking(false)}>Keep it</Button>
              <Button look="primary" busy={remove.isPending} onClick={() => remove.mutate({ key: rule.key })}>
                Remove it
              </Button>
            </>
          }
        >
          {remove.error && <Notice tone="failed">{remove.error.message}</Notice>}
        </Dialog>
      )}
    </div>
  );
}
