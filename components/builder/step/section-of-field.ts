import { parsePath } from "@/components/builder/state/field-path";

/** The parts of the panel. `ways` stands open at first, so being in the set means folded there. */
export type SectionName = "settings" | "ways" | "failure" | "advanced";

const sections: Readonly<Record<string, SectionName>> = {
  retry: "failure",
  timeoutMs: "failure",
  onError: "failure",
  repeatable: "failure",
  result: "advanced",
  note: "advanced",
  sensitive: "advanced",
  join: "advanced",
  disabled: "advanced",
};

/** Where a field stands, so that jumping to it can unfold its section. */
export function sectionOfField(field: string): SectionName {
  return sections[String(parsePath(field)[0] ?? "")] ?? "settings";
}
