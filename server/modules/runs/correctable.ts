import type { RepairContext } from "@/core/contracts/repair";
import { inputFieldsOf } from "@/core/engine/input-reads";
import { skipRefusal } from "@/core/engine/skip-refusal";
import { asObject, type Json, type JsonObject } from "@/core/json";
import { sameJson } from "@/core/json-guard";
import { isSecretQuestion } from "@/core/schema/secret-question";
import type { Spec } from "@/core/workflow/document";
import { requireScope, type Actor } from "@/server/db/tenant";
import { stepDefinitions } from "@/steps/definitions";
import { loadVersion } from "./load-version";
import { maskOfRun } from "./sensitive";
import { coverAt, hiddenMark } from "./sensitive-paths";
import { visibleRun } from "./visible-run";

/** What a retry of a failed run can change: the fields of its input that the step reads, and whether the step can be skipped. */
export async function correctable(
  actor: Actor,
  runId: string,
  nodeId: string,
): Promise<Pick<RepairContext, "fix" | "skipRefused">> {
  requireScope(actor, "runs:read");
  const run = await visibleRun(actor, runId);
  const { plan, spec } = await loadVersion(run.organizationId, run.versionId);
  if (nodeId === "") return { fix: null, skipRefused: "It was no step that failed, so there is none to skip." };
  return {
    fix: await fixOf(
      run,
      spec,
      plan.nodes.has(nodeId) ? inputFieldsOf(plan, nodeId, stepDefinitions, { withBody: true }) : null,
    ),
    skipRefused: skipRefusal(plan, nodeId, stepDefinitions),
  };
}

/** `read`: the fields that count; null: all. */
async function fixOf(
  run: { id: string; input: unknown; inputEdits: unknown },
  spec: Spec,
  read: ReadonlySet<string> | null,
): Promise<RepairContext["fix"]> {
  const input = { ...asObject(run.input as Json), ...asObject(run.inputEdits as Json) };
  const schema = spec.inputSchema ?? schemaOf(input);
  const properties = Object.fromEntries(
    Object.entries(asObject(schema["properties"])).filter(([name]) => read === null || read.has(name)),
  );
  const names = Object.keys(properties);
  if (names.length === 0) return null;
  const mask = await maskOfRun(spec, run);
  const shown = asObject(
    mask(mask.secrets.input.reduce<Json>((value, path) => coverAt(value, path, hiddenMark), input)),
  );
  const hidden = names.filter(
    (name) => isSecretQuestion(asObject(properties[name])) || !sameJson(shown[name] ?? null, input[name] ?? null),
  );
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  return {
    schema: {
      type: "object",
      properties,
      // One that is hidden stays as it is when nothing is written in its place.
      required: required.filter((name) => typeof name === "string" && names.includes(name) && !hidden.includes(name)),
    },
    values: Object.fromEntries(
      names.flatMap((name) => (hidden.includes(name) || input[name] === undefined ? [] : [[name, input[name]]])),
    ),
    hidden,
    whole: read === null,
  };
}

/** Where a workflow does not say what its input looks like: as it came, as far as a form can ask for it. */
function schemaOf(input: JsonObject): JsonObject {
  const properties = Object.fromEntries(
    Object.entries(input).flatMap(([name, value]) =>
      ["string", "number", "boolean"].includes(typeof value) ? [[name, { type: typeof value }]] : [],
    ),
  );
  return { type: "object", properties };
}
