"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { isJsonObject } from "@/core/spec/json-guard";
import { useTRPC } from "@/components/trpc";
import { runName } from "@/components/runs/run-id";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Textarea } from "@/components/ui/textarea";
import { readJson } from "./json-text";
import { knownEvents } from "./trigger-sentence";

/** Sends the event for real: every live workflow that listens to it starts. */
export function SendEventDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const sample = knownEvents.find((event) => event.name === name)?.data ?? {};
  const [text, setText] = useState(() => JSON.stringify(sample, null, 2));
  const send = useMutation(
    api.triggers.sendTestEvent.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.triggers.recentEvents.queryKey() }),
    }),
  );
  const parsed = readJson(text)?.value;
  const data = isJsonObject(parsed) ? parsed : null;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Send ${name}`}
      description="A real event: every live workflow that listens to it starts, not only this one."
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            look="primary"
            busy={send.isPending}
            disabled={data === null}
            reason="The data is not a JSON object yet."
            onClick={() => data && send.mutate({ name, data })}
          >
            Send
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Field label="Data (JSON)" error={data === null ? "Write a JSON object, with { and } around it." : null}>
          {(control) => (
            <Textarea
              {...control}
              rows={8}
              spellCheck={false}
              className="font-mono text-dense"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        {send.error && <Notice tone="failed">{send.error.message}</Notice>}
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
      </div>
    </Dialog>
  );
}
