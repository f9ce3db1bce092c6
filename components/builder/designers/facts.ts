import type { Json } from "@/core/json";
import { wordsOf } from "@/components/ui/name-words";

/** A line of an approval: what it is called and what it says. */
export interface Fact {
  label: string;
  value: Json;
}

/** A fact that is only a path, such as `input.email`, is called after its last part. */
export function readFacts(fields: unknown): Fact[] {
  if (!Array.isArray(fields)) return [];
  return fields.flatMap((field: unknown): Fact[] => {
    if (typeof field === "string")
      return [
        {
          label: wordsOf(/([A-Za-z0-9_]+)\W*$/.exec(field)?.[1] ?? field),
          value: field.includes("${") ? field : `\${${field}}`,
        },
      ];
    if (typeof field !== "object" || field === null) return [];
    const label: unknown = Reflect.get(field, "label");
    // The step's schema takes any JSON as the value.
    return [{ label: typeof label === "string" ? label : "", value: (Reflect.get(field, "value") ?? "") as Json }];
  });
}
