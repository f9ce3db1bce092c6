"use client";
import { Play, Save, Trash2 } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useRef, useState } from "react";
import type { TestBench } from "@/core/contracts/test-run";
import type { JsonObject } from "@/core/json";
import { readFields } from "@/components/fields/form-field";
import type { Refusal } from "@/components/fields/refusal";
import { SchemaForm } from "@/components/fields/schema-form";
import { useBuilder } from "@/components/builder/state/use-builder";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { JsonInput } from "./json-input";
import { SaveSampleDialog } from "./save-sample-dialog";
import { firstChoice, inputChoices } from "./test-inputs";
import { useSamples } from "./use-samples";

interface TestInputProps {
  bench: TestBench;
  busy: boolean;
  problem: Refusal | null;
  onExecute: (input: JsonObject) => void;
}

/** The input of the next test: from a sample or the last test, as fields or as JSON. */
export function TestInput({ bench, busy, problem, onExecute }: TestInputProps) {
  const schema = useBuilder((state) => state.document.spec.inputSchema) ?? null;
  const asked = useSearchParams().get("sample");
  const choices = inputChoices(bench);
  const [key, setKey] = useState(() => firstChoice(choices, asked));
  const [asJson, setAsJson] = useState(false);
  const [saving, setSaving] = useState<JsonObject | null>(null);
  const wants = useRef<"execute" | "save">("execute");
  const samples = useSamples();
  const chosen = choices.find((choice) => choice.key === key) ?? choices[0];
  const sampleId = chosen?.sampleId ?? null;
  const hasFields = schema !== null && readFields(schema).length > 0;
  const take = (input: JsonObject) => {
    if (wants.current === "save") setSaving(input);
    else onExecute(input);
    wants.current = "execute";
  };
  const form = {
    submitLabel: "Execute",
    busy,
    onSubmit: take,
    beside: (
      <Button
        look="quiet"
        icon={<Save size={15} aria-hidden />}
        onClick={(event) => {
          wants.current = "save";
          event.currentTarget.form?.requestSubmit();
          // What does not fit is shown at its field, and the next Execute is one again.
          wants.current = "execute";
        }}
      >
        Save as sample
      </Button>
    ),
  };
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <Select
          aria-label="Start from"
          value={chosen?.key ?? "empty"}
          onChange={(event) => setKey(event.target.value)}
          className="min-w-0 flex-1"
        >
          {choices.map((choice) => (
            <option key={choice.key} value={choice.key}>
              {choice.label}
            </option>
          ))}
        </Select>
        {chosen && sampleId !== null && (
          <button
            type="button"
            aria-label={`Delete the sample ${chosen.label}`}
            title="Delete this sample"
            onClick={() => samples.remove(sampleId)}
            className="inline-flex size-9 items-center justify-center rounded-control text-ink-2 hover:bg-sunken hover:text-ink max-sm:size-11"
          >
            <Trash2 size={16} aria-hidden />
          </button>
        )}
        {hasFields && (
          <Button look="quiet" aria-pressed={asJson} onClick={() => setAsJson(!asJson)}>
            {asJson ? "As fields" : "As JSON"}
          </Button>
        )}
      </div>
      {hasFields && !asJson ? (
        <SchemaForm
          key={`${key}:${JSON.stringify(schema)}`}
          schema={schema}
          values={chosen?.input ?? {}}
          problem={problem}
          {...form}
        />
      ) : (
        <JsonInput key={key} value={chosen?.input ?? {}} problem={problem?.message ?? null} {...form} />
      )}
      {samples.problem !== null && (
        <p role="alert" className="text-dense text-failed">
          {samples.problem}
        </p>
      )}
      {saving && (
        <SaveSampleDialog
          taken={bench.samples.map(({ name }) => name)}
          busy={samples.busy}
          problem={samples.problem}
          onClose={() => setSaving(null)}
          onSave={async (name) => {
            const id = await samples.save(name, saving);
            if (id === null) return;
            setSaving(null);
            setKey(`sample:${id}`);
          }}
        />
      )}
      <p className="flex items-start gap-2 text-label text-ink-3">
        <Play size={13} aria-hidden className="mt-0.5 shrink-0" />
        <span>Services are really called. Approvals, forms, handoffs and messages come to you and to nobody else.</span>
      </p>
    </div>
  );
}
