"use client";
import type { AnyStepDefinition } from "@/core/workflow/step-definition";
import type { FieldSpec } from "@/core/workflow/form-layout";
import { useBuilder } from "@/components/builder/state/use-builder";
import { Select } from "@/components/ui/select";
import { FieldFrame } from "@/components/builder/fields/field-frame";
import { elementProps } from "@/components/builder/fields/control-props";
import { useStepForm } from "@/components/builder/state/step-form";
import { ConfigField } from "./config-field";
import { backoffWords, effectiveRetry, timeoutWords, triesWords } from "./effective-retry";
import { RetryOnField } from "./retry-on-field";
import { WaysOut } from "./ways-out";

/** How often it is tried, how long a try may take, and what follows when none succeeded. */
export function FailureSection({ definition }: { definition: AnyStepDefinition }) {
  const { node } = useStepForm();
  const config = useBuilder((state) => state.document.config);
  const effective = effectiveRetry(node, definition, config);
  const tried = definition.kind === "effect" || node.retry !== undefined || node.timeoutMs !== undefined;
  return (
    <>
      {tried && (
        <>
          <p className="rounded-control bg-sunken px-3 py-2 text-dense text-ink-2">
            {triesWords(effective)}; {backoffWords(effective.backoff.value)}, {timeoutWords(effective.timeoutMs.value)}.
          </p>
          <ConfigField field={triesField(effective.tries.value)} />
          <ConfigField field={backoffField(typeof node.retry?.backoff === "object")} />
          <RetryOnField definition={definition} />
          <ConfigField field={timeoutField(effective.timeoutMs.value)} />
        </>
      )}
      <OnErrorField label={tried ? "When every try failed" : "Then"} />
      {definition.kind === "effect" && <ConfigField field={repeatableField} />}
    </>
  );
}

function triesField(effective: number): FieldSpec {
  return {
    path: ["retry", "maxAttempts"],
    label: "Tries in total",
    optional: true,
    control: { kind: "number", min: 1, max: 100, whole: true, placeholder: String(effective) },
  };
}

/** A backoff written out in parts is edited as it is written. */
function backoffField(inParts: boolean): FieldSpec {
  return {
    path: ["retry", "backoff"],
    label: "Time between tries",
    help: "Milliseconds, or “exponential”: each pause twice as long as the one before.",
    optional: true,
    control: inParts ? { kind: "json" } : { kind: "backoff" },
  };
}

function timeoutField(effective: number | null): FieldSpec {
  return {
    path: ["timeoutMs"],
    label: "Timeout per try",
    optional: true,
    control: {
      kind: "number",
      min: 1,
      unit: "ms",
      ...(effective === null ? {} : { placeholder: String(effective) }),
    },
  };
}

const repeatableField: FieldSpec = {
  path: ["repeatable"],
  label: "May it be done twice?",
  help: "For calls whose answer never came: nobody knows whether they acted.",
  optional: true,
  control: {
    kind: "choice",
    unset: "As its action says",
    options: [
      { value: "safe", label: "Yes: try again" },
      { value: "unsafe", label: "No: ask a person what happened" },
    ],
  },
};

/** After the last try: the run fails, goes on, or takes a way of its own. */
function OnErrorField({ label }: { label: string }) {
  const { node, located, readOnly, problems, change } = useStepForm();
  const branch = located.scope.edges.filter((edge) => edge.from === node.id && edge.case === "error");
  const chosen = node.onError ?? (branch.length > 0 ? "branch" : "fail");
  const words = { fail: "The run fails", continue: "The run goes on without it", branch: "It takes a way of its own" };
  if (readOnly)
    return (
      <p>
        <span className="text-dense text-ink-2">{label}: </span>
        {words[chosen]}
      </p>
    );
  return (
    <FieldFrame path={["onError"]} label={label} problems={problems}>
      {(names) => (
        <div className="flex flex-col gap-2">
          <Select
            {...elementProps(names)}
            value={chosen}
            onChange={(event) => {
              const next = event.target.value;
              change([{ path: ["onError"], value: next === "continue" ? "continue" : undefined }], {
                also:
                  next === "branch"
                    ? []
                    : branch.map((edge) => ({
                        op: "disconnect" as const,
                        from: edge.from,
                        case: edge.case,
                        to: edge.to,
                      })),
              });
            }}
          >
            <option value="fail">{words.fail}</option>
            <option value="continue">{words.continue}</option>
            {branch.length > 0 && <option value="branch">{words.branch}</option>}
          </Select>
          {chosen !== "continue" && <WaysOut only="error" />}
        </div>
      )}
    </FieldFrame>
  );
}
