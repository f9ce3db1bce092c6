import { expressionFunctions } from "@/core/expression/functions";
import { asObject, type Json } from "@/core/json";
import { allScopes } from "@/components/builder/step/locate-node";
import type { SampleRun } from "@/components/builder/state/builder-state";
import type { EditableDocument } from "@/core/spec/edit/operation";

export interface Completion {
  label: string;
  insert: string;
  kind: string;
  detail: string;
  info?: string;
  sample?: Json;
}

export function knownNames(document: EditableDocument, nodeId: string | null, run: SampleRun | null): Completion[] {
  const inputs = Object.keys(asObject(document.spec.inputSchema?.["properties"])).map((name): Completion => {
    const sample = run?.input[name] as Json | undefined;
    return { label: `input.${name}`, insert: `input.${name}`, kind: "input", detail: "Input", ...(sample === undefined ? {} : { sample }) };
  });
  const steps = allScopes(document.spec).flatMap((scope) => scope.nodes).flatMap((node): Completion[] => {
    if (node.id === nodeId) return [];
    const path = `step.${node.id}.output`;
    const sample = run?.steps.find((step) => step.nodeId === node.id)?.output;
    return [{ label: path, insert: path, kind: "step", detail: node.name ?? node.type, ...(sample === undefined ? {} : { sample }) }, ...inner(path, sample ?? null)];
  });
  const functions = expressionFunctions.map((entry): Completion => ({ label: entry.name, insert: `${entry.name}(`, kind: "function", detail: entry.signature, info: `${entry.description}\n${entry.example} → ${entry.result}` }));
  return [...inputs, ...steps, ...functions];
}

function inner(path: string, value: Json): Completion[] {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, sample]) => [
    { label: `${path}.${key}`, insert: `${path}.${key}`, kind: "step", detail: "", sample },
    ...inner(`${path}.${key}`, sample),
  ]);
}
