import type { JsonObject } from "@/core/json";
import type { Issue, SpecEdge, SpecNode } from "./document";
import type { ScopeSource, Target } from "./source-record";
import type { AnyStepDefinition } from "./step-definition";
import type { StepTypes } from "./step-types";

/** What the parts of the importer share while they go through one document. */
export interface ImportContext {
  types: StepTypes;
  /** Path by node id; ids are unique in the whole document, bodies included. */
  seen: Map<string, string>;
  issues: Issue[];
  /** Reads the body of a container; handed in, since bodies hold steps and steps hold bodies. */
  importBody(raw: JsonObject, path: string): ImportedScope;
}

export interface ImportedScope {
  startNodeId: string;
  nodes: SpecNode[];
  edges: SpecEdge[];
  source: ScopeSource;
  /** The entry node among `nodes`, if the document starts at one. */
  entry: JsonObject | null;
}

export interface ImportedNode {
  node: SpecNode;
  definition: AnyStepDefinition;
  path: string;
  /** Targets that were given inside the node. */
  targets: Target[];
}
