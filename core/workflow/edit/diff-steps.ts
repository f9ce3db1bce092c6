import type { JsonObject } from "@/core/json";
import type { SpecNode } from "@/core/workflow/document";
import { withoutKeys } from "@/core/json-guard";
import type { StepDefinitions } from "@/core/workflow/step-definition";
import type { DocumentChange } from "./document-changes";
import type { EditScope } from "./edit-session";
import { bodyOf } from "./edit-session";
import { differenceWords, fieldDifferences } from "./field-differences";

export interface PlacedStep {
  node: SpecNode;
  container: string | null;
}

/** Every step, bodies included, in the order of the document. */
export function placedSteps(scope: EditScope, definitions: StepDefinitions): Map<string, PlacedStep> {
  const found = new Map<string, PlacedStep>();
  collect(scope, null, definitions, found);
  return found;
}

/** "Manager approval" for people who know the workflow. */
export function stepName(steps: ReadonlyMap<string, PlacedStep>, id: string): string {
  return steps.get(id)?.node.name ?? id;
}

export function diffSteps(
  before: ReadonlyMap<string, PlacedStep>,
  after: ReadonlyMap<string, PlacedStep>,
  definitions: StepDefinitions,
): DocumentChange[] {
  const added = [...after].flatMap(([id, step]) =>
    before.has(id) ? [] : [came("added", step, after, before, definitions)],
  );
  const removed = [...before].flatMap(([id, step]) =>
    after.has(id) ? [] : [came("removed", step, before, after, definitions)],
  );
  const changed = [...after].flatMap(([id, step]) => {
    const was = before.get(id);
    return was === undefined ? [] : (changedStep(was, step, after, definitions) ?? []);
  });
  return [...added, ...removed, ...changed];
}

function came(
  kind: "added" | "removed",
  { node, container }: PlacedStep,
  own: ReadonlyMap<string, PlacedStep>,
  other: ReadonlyMap<string, PlacedStep>,
  definitions: StepDefinitions,
): DocumentChange {
  // A container that is new itself says so; its steps say that they came with it.
  const withIt = container !== null && !other.has(container) ? " with it" : "";
  const where = container === null ? "" : ` inside ${stepName(own, container)}${withIt}`;
  return {
    kind,
    subject: "step",
    id: node.id,
    text: `${typeTitle(node, definitions)} step ${node.name ?? node.id} was ${kind}${where}`,
    fields: fieldDifferences(
      kind === "added" ? {} : said(node, definitions),
      kind === "added" ? said(node, definitions) : {},
      unchanging,
    ),
  };
}

function changedStep(
  was: PlacedStep,
  is: PlacedStep,
  steps: ReadonlyMap<string, PlacedStep>,
  definitions: StepDefinitions,
): DocumentChange | null {
  const fields = fieldDifferences(said(was.node, definitions), said(is.node, definitions), unchanging);
  const type =
    was.node.type === is.node.type
      ? null
      : `was a ${typeTitle(was.node, definitions)} step, now a ${typeTitle(is.node, definitions)} step`;
  const moved = was.container === is.container ? null : movedWords(was.container, is.container, steps);
  const renamed = fields.find(({ path }) => path === "name");
  const others = fields.filter((field) => field !== renamed && field.path !== "disabled");
  const parts = [
    ...(renamed === undefined ? [] : [`was called ${was.node.name ?? was.node.id}`]),
    ...(type === null ? [] : [type]),
    ...(moved === null ? [] : [moved]),
    ...(was.node.disabled === is.node.disabled
      ? []
      : [is.node.disabled === true ? "was switched off" : "was switched on"]),
    ...(others.length === 0 ? [] : [differenceWords(others)]),
  ];
  if (parts.length === 0) return null;
  const onlyFields = parts.length === 1 && others.length > 0;
  return {
    kind: "changed",
    subject: "step",
    id: is.node.id,
    text: `${is.node.name ?? is.node.id}${onlyFields ? ": " : " "}${parts.join("; ")}`,
    fields,
  };
}

function movedWords(from: string | null, to: string | null, steps: ReadonlyMap<string, PlacedStep>): string {
  return to === null ? `was moved out of ${stepName(steps, from ?? "")}` : `was moved into ${stepName(steps, to)}`;
}

/** What a step says; where it stands, how it was spelled and what is inside of it is compared elsewhere or not at all. */
const unchanging: ReadonlySet<string> = new Set(["id", "type", "ui", "x-source"]);

function said(node: SpecNode, definitions: StepDefinitions): JsonObject {
  // Every field of a stored step is JSON; the type of a node leaves its own open.
  const fields = node as JsonObject;
  return bodyOf(node, definitions) === null ? fields : withoutKeys(fields, new Set(["body"]));
}

function typeTitle({ type }: SpecNode, definitions: StepDefinitions): string {
  return Object.hasOwn(definitions, type) ? (definitions[type]?.title ?? type) : type;
}

function collect(
  scope: EditScope,
  container: string | null,
  definitions: StepDefinitions,
  found: Map<string, PlacedStep>,
): void {
  for (const node of scope.nodes) {
    found.set(node.id, { node, container });
    const body = bodyOf(node, definitions);
    if (body !== null) collect(body, node.id, definitions, found);
  }
}
