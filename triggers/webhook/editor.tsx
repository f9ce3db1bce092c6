"use client";
import { useState } from "react";
import { useBuilder } from "@/components/builder/state/use-builder";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { AddressField } from "@/components/builder/trigger-parts/address-field";
import { CopyField } from "@/components/ui/copy-field";
import { FilterField } from "@/components/builder/trigger-parts/filter-field";
import { webhookCurl } from "./curl";
import { webhookDefinition } from "./definition";
import { SendTestDialog } from "./send-test-dialog";
import type { TriggerEditor, TriggerEditorProps } from "@/components/builder/trigger-parts/trigger-editor-props";
import { WebhookCallers } from "./callers";
import { WebhookCalls } from "./calls";
import { WebhookOptions } from "./options";

const defaultRespondMs = 30_000;
const defaultFailedStatus = 500;
const filterExample = "request.headers['x-github-event'] == 'push'";

export const webhookEditor: TriggerEditor = { Inside: WebhookEditor };

/** Where to post, how callers prove themselves, what they get back, and what came in last. */
function WebhookEditor({ trigger, own, readOnly, set }: TriggerEditorProps) {
  const schema = useBuilder((state) => state.document.spec.inputSchema);
  const [testing, setTesting] = useState(false);
  const sample = webhookDefinition.sample(trigger, schema);
  const isWaiting = trigger.respond === "output";
  return (
    <div className="flex flex-col gap-5">
      <AddressField triggerId={trigger.id} label="Address to post to" own={own} readOnly={readOnly} />
      {own && own.url !== null && (
        <CopyField label="Try it from a terminal" text={webhookCurl(own.url, own.hasSecret, sample)} block />
      )}
      <WebhookCallers trigger={trigger} own={own} readOnly={readOnly} set={set} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="What the caller gets">
          {(control) => (
            <Select
              {...control}
              value={trigger.respond ?? "accepted"}
              disabled={readOnly}
              onChange={(event) =>
                set({
                  respond: event.target.value === "output" ? "output" : undefined,
                  ...(event.target.value === "output" ? {} : { respondTimeoutMs: undefined, failedStatus: undefined }),
                })
              }
            >
              <option value="accepted">202 with the run’s id, at once</option>
              <option value="output">The run’s output</option>
            </Select>
          )}
        </Field>
        {isWaiting && (
          <Field label="Status for a run that failed" hint="With its message, error and output.">
            {(control) => (
              <Input
                {...control}
                type="number"
                min={200}
                max={599}
                readOnly={readOnly}
                value={trigger.failedStatus ?? defaultFailedStatus}
                onChange={(event) => {
                  const status = Number(event.target.value);
                  if (Number.isInteger(status) && status >= 200 && status <= 599)
                    set({ failedStatus: status === defaultFailedStatus ? undefined : status });
                }}
              />
            )}
          </Field>
        )}
        {isWaiting && (
          <Field
            label="Wait for the output, ms"
            hint="Then 202 with an address to ask at, at once when the run waits for a person. At most 120,000."
          >
            {(control) => (
              <Input
                {...control}
                type="number"
                min={1}
                max={120_000}
                readOnly={readOnly}
                value={trigger.respondTimeoutMs ?? defaultRespondMs}
                onChange={(event) => {
                  const ms = Number(event.target.value);
                  if (Number.isFinite(ms) && ms > 0) set({ respondTimeoutMs: ms });
                }}
              />
            )}
          </Field>
        )}
      </div>
      <FilterField
        trigger={trigger}
        hint="An expression over trigger and request. Calls for which it is not true are answered, and start nothing."
        placeholder={filterExample}
        readOnly={readOnly}
        set={set}
      />
      <WebhookOptions trigger={trigger} readOnly={readOnly} set={set} />
      {!readOnly && own && (
        <WebhookCalls
          triggerId={trigger.id}
          action={
            <Button
              size="dense"
              className="max-sm:h-11"
              disabled={own.live === "no"}
              reason="Publish first: test calls go to the live version."
              onClick={() => setTesting(true)}
            >
              Send a test call
            </Button>
          }
        />
      )}
      {testing && <SendTestDialog triggerId={trigger.id} sample={sample} onClose={() => setTesting(false)} />}
    </div>
  );
}
