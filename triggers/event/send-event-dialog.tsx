"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@/components/ui/link";
import { useState } from "react";
import type { Json } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { useTRPC } from "@/components/trpc";
import { runName } from "@/components/runs/run-id";
import { Notice } from "@/components/ui/notice";
import { readJson } from "@/components/builder/trigger-parts/json-text";
import { SendJsonDialog } from "@/components/builder/trigger-parts/send-json-dialog";

/** Sends the event for real: every live workflow that listens to it starts. */
export function SendEventDialog({ name, sample, onClose }: { name: string; sample: Json; onClose: () => void }) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const [text, setText] = useState(() => JSON.stringify(sample, null, 2));
  const send = useMutation(
    api.triggers.sendTestEvent.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.triggers.recentEvents.queryKey() }),
    }),
  );
  const parsed = readJson(text)?.value;
  const data = isJsonObject(parsed) ? parsed : null;
  return (
    <SendJsonDialog
      title={`Send ${name}`}
      description="A real event: every live workflow that listens to it starts, not only this one."
      label="Data (JSON)"
      text={text}
      onText={setText}
      problem={
        data === null
          ? { field: "Write a JSON object, with { and } around it.", button: "The data is not a JSON object yet." }
          : null
      }
      sending={send}
      onSend={() => data && send.mutate({ name, data })}
      onClose={onClose}
    >
      {send.data?.started.length === 0 && send.data.refused.length === 0 && (
        <Notice tone="quiet">The event was kept, and no live workflow took it up.</Notice>
      )}
      {send.data?.started.map(({ workflow, runId }) => (
        <Notice key={runId} tone="completed">
          {workflow} started{" "}
          <Link href={`/runs/${runId}`} className="underline underline-offset-2">
            {runName(runId)}
          </Link>
        </Notice>
      ))}
      {send.data?.refused.map(({ workflow, message }) => (
        <Notice key={workflow} tone="failed">
          {workflow}: {message}
        </Notice>
      ))}
    </SendJsonDialog>
  );
}
