"use client";
import { checkExpression } from "@/core/expression/check";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { NumberField } from "./number-field";
import type { ConfigPartProps } from "./use-config";

const most = 100_000;

/** How many runs may be under way at once, counted together or per group, and what happens to the next one. */
export function ConcurrencySettings({ config, readOnly, set }: ConfigPartProps) {
  const { limit, key, whenFull } = config.concurrency;
  const checked = key === null || key.includes("${") ? null : checkExpression(key, { names: "any" });
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField
          label="Runs at once"
          hint="Empty: as many as come."
          value={limit}
          min={1}
          max={most}
          readOnly={readOnly}
          emptyMeans="No limit"
          onChange={(value) => set(["concurrency", "limit"], value)}
        />
        {limit !== null && (
          <Field label="When that many are under way">
            {(control) => (
              <Select
                {...control}
                value={whenFull}
                disabled={readOnly}
                onChange={(event) => set(["concurrency", "whenFull"], event.target.value)}
              >
                <option value="queue">The next waits for its turn</option>
                <option value="skip">The next is refused</option>
                <option value="cancel_oldest">The oldest is cancelled</option>
              </Select>
            )}
          </Field>
        )}
      </div>
      {limit !== null && (
        <Field
          label="Counted per"
          optional
          hint="An expression over the input, e.g. input.customer_id: each customer has the limit for themselves. Empty: all runs together."
          error={checked?.ok === false ? checked.message : null}
        >
          {(control) => (
            <Input
              {...control}
              value={key ?? ""}
              readOnly={readOnly}
              spellCheck={false}
              className="font-mono"
              placeholder="input.customer_id"
              onChange={(event) => set(["concurrency", "key"], event.target.value === "" ? null : event.target.value)}
            />
          )}
        </Field>
      )}
    </div>
  );
}
