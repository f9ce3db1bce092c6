import type { Json } from "@/core/json";
import { asObject, type JsonObject } from "@/core/json";
import { ownField } from "@/core/json-guard";
import { pathLabel } from "@/core/workflow/path-label";
import type { loadVersion } from "@/server/modules/runs/service";
import type { ApprovalRequest } from "./request";

type Version = Pick<Awaited<ReturnType<typeof loadVersion>>, "plan" | "spec">;
/** A value of the run for whoever looks: hidden where they may not see it. */
type Shown = (path: string, value: Json) => Json;

const stepPath = /^step\.([^.[\]()\s]+)\.output\b/;
const inputPath = /^(?:input|trigger)\.([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)$/;

/** What a value of a run is called: by the title that the form gives it, else by the last part of its path, and after the step that gave it. */
export function heldLabel({ plan, spec }: Version, path: string): string {
  const title = titleAt(spec.inputSchema ?? null, inputPath.exec(path)?.[1]);
  if (typeof title === "string" && title.trim() !== "") return title;
  const step = plan.nodes.get(stepPath.exec(path)?.[1] ?? "");
  return step === undefined ? pathLabel(path) : `${pathLabel(path)} (${step.name})`;
}

function titleAt(schema: JsonObject | null, fields: string | undefined): unknown {
  let at = asObject(schema);
  for (const field of fields?.split(".") ?? []) at = asObject(ownField(asObject(at["properties"]), field) ?? null);
  return fields === undefined ? undefined : at["title"];
}

/** The lines of an approval whose author named none. */
export function factLines(
  version: Version,
  facts: ApprovalRequest["facts"],
  shown: Shown,
): { label: string; value: string }[] {
  return facts.map(({ path, value }) => ({ label: heldLabel(version, path), value: factWords(shown(path, value)) }));
}

function factWords(value: Json): string {
  if (typeof value === "boolean") return value ? "Yes" : "No";
  return typeof value === "string" ? value : JSON.stringify(value);
}
