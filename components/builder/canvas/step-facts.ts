import type { Spec, SpecNode } from "@/core/workflow/document";
import { handlesOf } from "@/core/workflow/edit/node-handles";
import { parseNodeConfig } from "@/core/workflow/node-fields";
import type { AnyStepDefinition, Handle, StepDefinitions } from "@/core/workflow/step-definition";
import { cardSize } from "@/components/graph/box";
import { stepDefinitions } from "@/steps/definitions";

/** What a card says of its step, worked out once per version of the step. */
export interface StepFacts {
  title: string;
  typeTitle: string;
  /** One line about its settings; empty while they are not complete. */
  summary: string;
  icon: string;
  color: string;
  /** Ways out below the card. */
  branches: readonly Handle[];
  /** The way out at the side, taken when the step fails. */
  errorHandle: Handle | null;
  /** The branch that a connection without a name means. */
  usualCase: string | null;
  container: boolean;
  /** Nothing leads to the entry. */
  takesInput: boolean;
  width: number;
}

export const definitions: StepDefinitions = stepDefinitions;

const known = new WeakMap<SpecNode, StepFacts>();

export function stepFacts(node: SpecNode): StepFacts {
  const present = known.get(node);
  if (present) return present;
  const facts = readFacts(node);
  known.set(node, facts);
  return facts;
}

/** The line under the name: its settings, or why there are none. */
export function lineOf({ summary, title, typeTitle }: StepFacts): string {
  if (summary !== "") return summary;
  return title === typeTitle ? "Not set up yet" : typeTitle;
}

/** The body of a container as it stands in the document; null for every other step. */
export function bodyOf(node: SpecNode): Pick<Spec, "startNodeId" | "nodes" | "edges"> | null {
  if (definitionOf(node.type)?.body === undefined) return null;
  const body = node["body"];
  if (typeof body !== "object" || body === null) return null;
  const { startNodeId, nodes, edges } = body as Partial<Spec>; // checked right here, field by field
  if (!Array.isArray(nodes) || !Array.isArray(edges)) return null;
  return { startNodeId: typeof startNodeId === "string" ? startNodeId : "", nodes, edges };
}

export function definitionOf(type: string): AnyStepDefinition | null {
  return Object.hasOwn(definitions, type) ? (definitions[type] ?? null) : null;
}

function readFacts(node: SpecNode): StepFacts {
  const definition = definitionOf(node.type);
  const typeTitle = definition?.title ?? node.type;
  const handles = handlesOf(node, definitions);
  const branches = handles.filter(({ id }) => id !== "error");
  return {
    title: node.name !== undefined && node.name.trim() !== "" ? node.name : typeTitle,
    typeTitle,
    summary: definition === null ? "Unknown type" : summaryOf(node, definition),
    icon: definition?.icon ?? "circle-help",
    color: definition?.color ?? "other",
    branches,
    errorHandle: handles.find(({ id }) => id === "error") ?? null,
    usualCase: definition?.implicitCase ?? branches[0]?.id ?? null,
    container: definition?.body !== undefined,
    takesInput: definition?.entry !== true,
    width: Math.max(cardSize.width, branches.length > 3 ? branches.length * 76 : 0),
  };
}

function summaryOf(node: SpecNode, definition: AnyStepDefinition): string {
  const parsed = parseNodeConfig(node, definition);
  return parsed.ok ? definition.summary(parsed.config) : "";
}
