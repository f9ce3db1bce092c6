import { DurationField } from "@/components/builder/fields/duration-field";
import type { ConfigPartProps } from "./use-config";

/** How old a run may get by the clock on the wall, waiting included. */
export function MaxAgeField({ config, readOnly, set }: ConfigPartProps) {
  return (
    <DurationField
      label="Max age"
      optional
      hint="A run that is older fails, waiting included. Empty: it may wait for ever."
      value={config.maxAgeMs}
      range={{ min: 1, max: 100_000 }}
      units={["seconds", "minutes", "hours", "days"]}
      usual="hours"
      emptyMeans="No limit"
      readOnly={readOnly}
      onChange={(ms) => set(["maxAgeMs"], ms)}
    />
  );
}
