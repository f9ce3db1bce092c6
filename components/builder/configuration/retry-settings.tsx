"use client";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { readBackoff, writeBackoff } from "./backoff-setting";
import { NumberField } from "./number-field";
import type { ConfigPartProps } from "./use-config";

const dayMs = 86_400_000;

/** How long a run may work, and what happens when a step fails. */
export function RetrySettings({ config, readOnly, set }: ConfigPartProps) {
  const backoff = readBackoff(config.backoff);
  const tries = config.maxRetries + 1;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <NumberField
        label="Timeout (ms)"
        hint="How long a run may work; waiting does not count. 300,000 is five minutes."
        value={config.timeoutMs}
        min={1}
        max={30 * dayMs}
        readOnly={readOnly}
        onChange={(value) => value !== null && set(["timeoutMs"], value)}
      />
      <NumberField
        label="Max retries"
        hint={`How often a failed step is tried again before the whole workflow fails: ${tries} ${tries === 1 ? "try" : "tries"} in total.`}
        value={config.maxRetries}
        min={0}
        max={100}
        readOnly={readOnly}
        onChange={(value) => value !== null && set(["maxRetries"], value)}
      />
      <NumberField
        label="Backoff (ms)"
        hint={backoff.type === "fixed" ? "The delay between tries." : "The first delay; each one after it is longer."}
        value={backoff.delayMs}
        min={0}
        max={dayMs}
        readOnly={readOnly}
        onChange={(delayMs) =>
          delayMs !== null && set(["backoff"], writeBackoff(config.backoff, { ...backoff, delayMs }))
        }
      />
      <Field label="Delay between tries">
        {(control) => (
          <Select
            {...control}
            value={backoff.type}
            disabled={readOnly}
            onChange={(event) =>
              set(
                ["backoff"],
                writeBackoff(config.backoff, {
                  ...backoff,
                  type: event.target.value === "exponential" ? "exponential" : "fixed",
                }),
              )
            }
          >
            <option value="fixed">Always the same</option>
            <option value="exponential">Longer each time, at most a minute</option>
          </Select>
        )}
      </Field>
    </div>
  );
}
