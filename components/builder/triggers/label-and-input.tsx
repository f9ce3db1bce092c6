"use client";
import { useId } from "react";
import { asObject, type Json, type JsonObject } from "@/core/json";
import type { Trigger } from "@/core/workflow/document";
import type { TriggerMapping } from "@/core/workflow/trigger-definition";
import { orderedProperties } from "@/core/schema/property-order";
import { useBuilder } from "@/components/builder/state/use-builder";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import { mappedText, readMapped } from "./mapped-value";
import type { TriggerFields } from "@/components/builder/trigger-parts/trigger-editor-props";

interface LabelAndInputProps {
  trigger: Trigger;
  mapping: TriggerMapping;
  readOnly: boolean;
  set: (fields: TriggerFields) => void;
}

/** What the run card shows, and how what arrived becomes the workflow's input. */
export function LabelAndInput({ trigger, mapping, readOnly, set }: LabelAndInputProps) {
  const schema = useBuilder((state) => state.document.spec.inputSchema);
  const heading = useId();
  const properties: JsonObject = Object.fromEntries(orderedProperties(schema ?? {}));
  const isMapped = trigger.input !== undefined;
  const input = trigger.input ?? {};
  const names = [...new Set([...Object.keys(properties), ...Object.keys(input)])];
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-4 border-t border-hairline pt-4">
      <h3 id={heading} className="text-dense font-semibold">
        What a run gets
      </h3>
      <Field
        label="Label"
        optional
        hint="Shown on the runs it starts, e.g. Customer request, or Order ${trigger.order}."
      >
        {(control) => (
          <Input
            {...control}
            value={trigger.label ?? ""}
            readOnly={readOnly}
            onChange={(event) => set({ label: event.target.value === "" ? undefined : event.target.value })}
          />
        )}
      </Field>
      {readOnly ? null : (
        <Switch
          label="Map the input"
          checked={isMapped}
          onChange={(on) => set({ input: on ? startMapping(mapping, Object.keys(properties)) : undefined })}
        />
      )}
      {!isMapped && <p className="text-dense text-ink-2">{mapping.unmapped}</p>}
      {isMapped && names.length === 0 && (
        <p className="text-dense text-ink-2">The Start step asks for nothing yet. Give it input fields first.</p>
      )}
      {isMapped && (
        <div className="flex flex-col gap-3">
          {names.map((name) => (
            <Field key={name} label={name} hint={name === names[0] ? mapping.hint : null}>
              {(control) => (
                <Input
                  {...control}
                  value={mappedText(input[name])}
                  readOnly={readOnly}
                  spellCheck={false}
                  className="font-mono"
                  onChange={(event) =>
                    set({ input: withValue(input, name, readMapped(event.target.value, asObject(properties[name]))) })
                  }
                />
              )}
            </Field>
          ))}
        </div>
      )}
    </section>
  );
}

/** Each field from the same field of what arrived, where that may have it. */
function startMapping({ startsByName }: TriggerMapping, names: readonly string[]): JsonObject {
  if (!startsByName) return {};
  return Object.fromEntries(names.map((name) => [name, `\${trigger${memberOf(name)}}`]));
}

function memberOf(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function withValue(input: JsonObject, name: string, value: Json | undefined): JsonObject {
  const rest = Object.fromEntries(Object.entries(input).filter(([key]) => key !== name));
  return value === undefined ? rest : { ...rest, [name]: value };
}
