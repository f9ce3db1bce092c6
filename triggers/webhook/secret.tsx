"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import type { TriggerState } from "@/core/contracts/trigger";
import { useBuilder } from "@/components/builder/state/use-builder";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { AskedSecret } from "./asked-secret";

const shortest = 8;

interface WebhookSecretProps {
  triggerId: string;
  hasSecret: boolean;
  /** Whether the draft says that calls must prove it. */
  isAskedFor: boolean;
  asked: TriggerState["askedSecret"];
}

/** What callers sign with. It acts at once or after a second person's word, and is never shown again. */
export function WebhookSecret({ triggerId, hasSecret, isAskedFor, asked }: WebhookSecretProps) {
  const [open, setOpen] = useState(false);
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="min-w-0 flex-1 basis-64">
          <h3 className="flex items-center gap-1.5 text-dense font-medium">
            <KeyRound size={14} aria-hidden className="text-ink-2" />
            Secret
          </h3>
          <p className="text-dense text-ink-2">
            {hasSecret
              ? isAskedFor
                ? "Set. Calls without proof of it are refused with 401."
                : "Set, and asked for by versions that say so. This draft asks for nothing."
              : "None."}
          </p>
        </div>
        <Button size="dense" className="max-sm:h-11" onClick={() => setOpen(true)}>
          {hasSecret ? "Change secret" : "Set a secret"}
        </Button>
      </div>
      {asked && <AskedSecret triggerId={triggerId} asked={asked} />}
      {open && <SecretDialog triggerId={triggerId} hasSecret={hasSecret} onClose={() => setOpen(false)} />}
    </div>
  );
}

function SecretDialog({
  triggerId,
  hasSecret,
  onClose,
}: {
  triggerId: string;
  hasSecret: boolean;
  onClose: () => void;
}) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const slug = useBuilder((state) => state.slug);
  const [secret, setSecret] = useState("");
  const save = useMutation(
    api.triggers.setSecret.mutationOptions({
      onSuccess: onClose,
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.triggers.state.queryKey({ slug }) }),
    }),
  );
  const tooShort = secret.trim().length < shortest;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={hasSecret ? "Change the secret" : "Set a secret"}
      description="It acts at once, also for the live version; where publishing needs a second person, once one has agreed. Copy it now: it is not shown again."
      footer={
        <>
          {hasSecret && (
            <Button
              busy={save.isPending && save.variables.secret === null}
              onClick={() => save.mutate({ slug, triggerId, secret: null })}
            >
              Remove the secret
            </Button>
          )}
          <Button
            look="primary"
            disabled={tooShort}
            reason={`Give at least ${shortest} characters.`}
            busy={save.isPending && save.variables.secret !== null}
            onClick={() => save.mutate({ slug, triggerId, secret: secret.trim() })}
          >
            Save secret
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {save.error && <Notice tone="failed">{save.error.message}</Notice>}
        <Field
          label="Secret"
          hint="The one that your sender signs with: Standard Webhooks, GitHub, Stripe, Shopify, Slack, Twilio. Or sent as it is, in X-Webhook-Secret."
        >
          {(control) => (
            <Input
              {...control}
              value={secret}
              autoComplete="off"
              spellCheck={false}
              className="font-mono"
              onChange={(event) => setSecret(event.target.value)}
            />
          )}
        </Field>
        <Button className="self-start" onClick={() => setSecret(generateSecret())}>
          Generate one
        </Button>
      </div>
    </Dialog>
  );
}

/** In the form of Standard Webhooks, which every kind of proof accepts. */
function generateSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}
