"use client";
import type { Trigger } from "@/core/workflow/document";
import {
  answerForms,
  deliveryIdPresets,
  signatureSchemes,
  webhookMethods,
  type AnswerForm,
  type DeliveryIdPreset,
  type SignatureScheme,
  type WebhookMethod,
} from "@/core/workflow/trigger-words";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { AnswerFields } from "./answer-fields";
import type { TriggerFields } from "@/components/builder/trigger-parts/trigger-editor-props";

interface WebhookOptionsProps {
  trigger: Trigger;
  readOnly: boolean;
  set: (fields: TriggerFields) => void;
}

/** What a sender's contract asks for: its methods, signature, delivery ids, check of the address, and the answer it wants. */
export function WebhookOptions({ trigger, readOnly, set }: WebhookOptionsProps) {
  return (
    <details>
      <summary className="w-fit cursor-pointer text-dense font-medium max-sm:py-3">How the sender calls</summary>
      <div className="mt-3 flex flex-col gap-4">
        <Methods trigger={trigger} readOnly={readOnly} set={set} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Choice
            label="Signature"
            hint="How the sender proves itself by the secret."
            options={signatureSchemes}
            words={signatureWords}
            value={trigger.signature ?? "auto"}
            readOnly={readOnly}
            onChange={(signature) => set({ signature: signature === "auto" ? undefined : signature })}
          />
          <DeliveryIdField trigger={trigger} readOnly={readOnly} set={set} />
          <Choice
            label="Form of the answer"
            hint="Slack and Twilio want text, or nothing."
            options={answerForms}
            words={answerWords}
            value={trigger.answer ?? "json"}
            readOnly={readOnly}
            onChange={(answer) => set({ answer: answer === "json" ? undefined : answer })}
          />
          <AnswerFields trigger={trigger} readOnly={readOnly} set={set} />
          <Field label="Verify token" optional hint="What the sender's check of the address must bring.">
            {(control) => (
              <Input
                {...control}
                value={trigger.verifyToken ?? ""}
                readOnly={readOnly}
                spellCheck={false}
                autoComplete="off"
                onChange={({ target }) => set({ verifyToken: target.value === "" ? undefined : target.value })}
              />
            )}
          </Field>
        </div>
        <div className="flex flex-col gap-1">
          <Switch
            label="Answer the sender’s check of the address"
            checked={trigger.verification !== "off"}
            disabled={readOnly}
            onChange={(on) => set({ verification: on ? undefined : "off" })}
          />
          <p className="text-dense text-ink-2">
            {trigger.verification === "off"
              ? "Off: a check is a call like any other, and may start a run."
              : "On: a challenge is sent back, as Meta, Slack and Microsoft ask for, and starts nothing."}
          </p>
        </div>
      </div>
    </details>
  );
}

function Methods({ trigger, readOnly, set }: WebhookOptionsProps) {
  const methods = trigger.methods ?? ["POST"];
  const toggle = (method: WebhookMethod, on: boolean): void => {
    const next = webhookMethods.filter((each) => (each === method ? on : methods.includes(each)));
    if (next.length > 0) set({ methods: next.join() === "POST" ? undefined : next });
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-dense font-medium">Methods that start a run</legend>
      <div className="flex flex-wrap gap-2">
        {webhookMethods.map((method) => (
          <Button
            key={method}
            size="dense"
            className="max-sm:h-11"
            aria-pressed={methods.includes(method)}
            look={methods.includes(method) ? "primary" : "outline"}
            disabled={readOnly}
            onClick={() => toggle(method, !methods.includes(method))}
          >
            {method}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}

type DeliveryIdKind = DeliveryIdPreset | "header" | "expression";
const deliveryIdKinds: readonly DeliveryIdKind[] = [...deliveryIdPresets, "header", "expression"];

function DeliveryIdField({ trigger, readOnly, set }: WebhookOptionsProps) {
  const source = trigger.deliveryId ?? "auto";
  const kind: DeliveryIdKind = typeof source === "string" ? source : "header" in source ? "header" : "expression";
  const text = typeof source === "string" ? "" : "header" in source ? source.header : source.expression;
  return (
    <div className="flex flex-col gap-2">
      <Choice
        label="Delivery id comes from"
        hint="The same id starts one run; with another body it is refused."
        options={deliveryIdKinds}
        words={deliveryIdWords}
        value={kind}
        readOnly={readOnly}
        onChange={(next) => set({ deliveryId: startOf[next] ?? (next === "auto" ? undefined : next) })}
      />
      {typeof source !== "string" && (
        <Input
          aria-label={kind === "header" ? "Name of the header" : "Expression for the delivery id"}
          className="font-mono"
          value={text}
          readOnly={readOnly}
          spellCheck={false}
          onChange={({ target }) => {
            if (target.value !== "") set({ deliveryId: { [kind]: target.value } });
          }}
        />
      )}
    </div>
  );
}

const startOf: Partial<Record<DeliveryIdKind, { header: string } | { expression: string }>> = {
  header: { header: "X-Event-Id" },
  expression: { expression: "trigger.id" },
};

interface ChoiceProps<T extends string> {
  label: string;
  hint: string;
  options: readonly T[];
  words: Readonly<Record<T, string>>;
  value: T;
  readOnly: boolean;
  onChange: (value: T) => void;
}

function Choice<T extends string>({ label, hint, options, words, value, readOnly, onChange }: ChoiceProps<T>) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <Select
          {...control}
          value={value}
          disabled={readOnly}
          onChange={({ target }) => {
            const next = options.find((option) => option === target.value);
            if (next !== undefined) onChange(next);
          }}
        >
          {options.map((option) => (
            <option key={option} value={option}>
              {words[option]}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

const senders = {
  standard_webhooks: "Standard Webhooks, Svix",
  github: "GitHub",
  stripe: "Stripe",
  shopify: "Shopify",
  slack: "Slack",
  twilio: "Twilio",
} as const;
const signatureWords: Readonly<Record<SignatureScheme, string>> = {
  ...senders,
  auto: "Whichever of these is there",
  shared_secret: "The secret itself, in X-Webhook-Secret",
};
const deliveryIdWords: Readonly<Record<DeliveryIdKind, string>> = {
  ...senders,
  auto: "Whichever sender's id is there",
  none: "Nowhere: every call is a new one",
  header: "A header",
  expression: "An expression",
};
const answerWords: Readonly<Record<AnswerForm, string>> = { json: "JSON", text: "Plain text", empty: "Nothing" };
