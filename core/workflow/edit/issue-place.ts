import { isJsonObject } from "@/core/json-guard";
import type { SpecEdge, SpecNode } from "@/core/workflow/document";
import type { StepDefinitions } from "@/core/workflow/step-definition";
import type { EditScope } from "./edit-session";
import { bodyOf } from "./edit-session";
import type { FieldChange } from "./operation";

/** What the path of a finding points at: `nodes[2].body.edges[0].to`. */
export interface IssuePlace {
  scope: EditScope;
  container: string | null;
  node?: SpecNode;
  edge?: SpecEdge;
  /** Position of the edge. */
  index?: number;
  /** Path inside the step. */
  field: FieldChange["path"];
}

export function placeOfIssue(spec: EditScope, path: string, definitions: StepDefinitions): IssuePlace {
  let place: IssuePlace = { scope: spec, container: null, field: [] };
  let rest = path;
  for (;;) {
    const match = /^(nodes|edges)\[(\d+)\]\.?(.*)$/s.exec(rest);
    const [, list, position = "", tail = ""] = match ?? [];
    if (list === undefined) return place;
    const index = Number(position);
    if (list === "edges") {
      const edge = place.scope.edges[index];
      return edge === undefined ? place : { ...place, edge, index };
    }
    const node = place.scope.nodes[index];
    if (node === undefined) return place;
    const body = bodyOf(node, definitions);
    if (body === null || !tail.startsWith("body.")) return { ...place, node, field: fieldPath(node, tail) };
    place = { scope: body, container: node.id, field: [] };
    rest = tail.slice("body.".length);
  }
}

/** `input.customer[0]` as a path. Keys may hold dots, so it is read along the value where there is one. */
export function fieldPath(value: unknown, text: string): FieldChange["path"] {
  if (text === "") return [];
  const item = /^\[(\d+)\]\.?(.*)$/s.exec(text);
  if (item !== null) {
    const index = Number(item[1]);
    return [index, ...fieldPath(Array.isArray(value) ? value[index] : undefined, item[2] ?? "")];
  }
  const keys = isJsonObject(value) ? Object.keys(value) : [];
  const known = keys
    .filter((key) => text === key || text.startsWith(`${key}.`) || text.startsWith(`${key}[`))
    .sort((left, right) => right.length - left.length)[0];
  const key = known ?? (/^[^.[]+/.exec(text)?.[0] || text);
  const rest = text.slice(key.length).replace(/^\./, "");
  return [key, ...fieldPath(isJsonObject(value) ? value[key] : undefined, rest)];
}

/** The value at a path; undefined where there is none. */
export function valueAt(value: unknown, path: FieldChange["path"]): unknown {
  return path.reduce<unknown>((at, part) => {
    if (Array.isArray(at)) return typeof part === "number" ? at[part] : undefined;
    return isJsonObject(at) && Object.hasOwn(at, part) ? at[String(part)] : undefined;
  }, value);
}
