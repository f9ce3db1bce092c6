"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@/components/ui/link";
import { useState } from "react";
import type { Json } from "@/core/json";
import { useBuilder } from "@/components/builder/state/use-builder";
import { useTRPC } from "@/components/trpc";
import { runName } from "@/components/runs/run-id";
import { Notice } from "@/components/ui/notice";
import { readJson } from "@/components/builder/trigger-parts/json-text";
import { SendJsonDialog } from "@/components/builder/trigger-parts/send-json-dialog";

interface SendTestDialogProps {
  triggerId: string;
  sample: Json;
  onClose: () => void;
}

/** Posts to the webhook's address for real: the live version runs. */
export function SendTestDialog({ triggerId, sample, onClose }: SendTestDialogProps) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const slug = useBuilder((state) => state.slug);
  const [text, setText] = useState(() => JSON.stringify(sample, null, 2));
  const send = useMutation(
    api.triggers.sendTest.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.triggers.calls.queryKey() }),
    }),
  );
  const parsed = readJson(text);
  return (
    <SendJsonDialog
      title="Send a test call"
      description="A real call of the address: the live version starts a real run."
      label="JSON body"
      text={text}
      onText={setText}
      problem={
        parsed === null
          ? {
              field: "This is not valid JSON. Check quotes, commas and brackets.",
              button: "The body is not valid JSON yet.",
            }
          : null
      }
      sending={send}
      onSend={() => parsed && send.mutate({ slug, triggerId, body: parsed.value })}
      onClose={onClose}
    >
      {send.data && (
        <Notice tone={send.data.status < 300 ? "completed" : "failed"}>
          Answered {send.data.status}.{" "}
          {send.data.runId === null ? (
            send.data.message
          ) : (
            <Link href={`/runs/${send.data.runId}`} className="underline underline-offset-2">
              Open {runName(send.data.runId)}
            </Link>
          )}
        </Notice>
      )}
    </SendJsonDialog>
  );
}
