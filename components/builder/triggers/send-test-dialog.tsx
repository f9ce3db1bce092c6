"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import type { JsonObject } from "@/core/json";
import { useBuilder } from "@/components/builder/state/use-builder";
import { useTRPC } from "@/components/trpc";
import { runName } from "@/components/runs/run-id";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Textarea } from "@/components/ui/textarea";
import { readJson } from "./json-text";

interface SendTestDialogProps {
  triggerId: string;
  sample: JsonObject;
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
    <Dialog
      open
      onOpenChange={onClose}
      title="Send a test call"
      description="A real call of the address: the live version starts a real run."
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            look="primary"
            busy={send.isPending}
            disabled={parsed === null}
            reason="The body is not valid JSON yet."
            onClick={() => parsed && send.mutate({ slug, triggerId, body: parsed.value })}
          >
            Send
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Field
          label="JSON body"
          error={parsed === null ? "This is not valid JSON. Check quotes, commas and brackets." : null}
        >
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
      </div>
    </Dialog>
  );
}
