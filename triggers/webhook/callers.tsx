"use client";
import type { TriggerState } from "@/core/contracts/trigger";
import type { Trigger } from "@/core/workflow/document";
import { needsProof } from "@/core/workflow/webhook-proof";
import { Notice } from "@/components/ui/notice";
import { Switch } from "@/components/ui/switch";
import { WebhookSecret } from "./secret";
import type { TriggerFields } from "@/components/builder/trigger-parts/trigger-editor-props";

interface WebhookCallersProps {
  trigger: Trigger;
  /** Undefined until the draft that has it is saved. */
  own: TriggerState | undefined;
  readOnly: boolean;
  set: (fields: TriggerFields) => void;
}

/** Who may start runs by calling: those who prove it by a secret, or, chosen in words, anybody. */
export function WebhookCallers({ trigger, own, readOnly, set }: WebhookCallersProps) {
  const isProven = trigger.callers === undefined && own ? own.needsProof : needsProof(trigger, false);
  const hasSecret = own?.hasSecret ?? false;
  return (
    <section aria-label="Who may call" className="flex flex-col gap-3">
      <Switch
        label="Anybody with the address may call"
        checked={!isProven}
        disabled={readOnly}
        onChange={(open) => set(open ? { callers: "anyone", signature: undefined } : { callers: "signed" })}
      />
      <p className="text-dense text-ink-2">
        {isProven
          ? "Off: a call must prove by the secret that it is genuine. Changing this takes effect with the next publish."
          : "On: no call is checked. Whoever learns the address, from a log or a forwarded mail, can start runs with any content. Changing this takes effect with the next publish."}
      </p>
      {isProven && own && !hasSecret && (
        <Notice tone="person">There is no secret yet, so every call is refused with 401. Set one below.</Notice>
      )}
      {!readOnly && own && (isProven || hasSecret || own.askedSecret) && (
        <WebhookSecret triggerId={trigger.id} hasSecret={hasSecret} isAskedFor={isProven} asked={own.askedSecret} />
      )}
    </section>
  );
}
