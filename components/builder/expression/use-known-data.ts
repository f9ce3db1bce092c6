"use client";
import { useMemo } from "react";
import { findAction } from "@/connectors/definitions";
import { completions, type Completion } from "@/core/workflow/completion";
import type { ExpressionScope } from "@/core/expression/scope";
import { asObject, type JsonObject } from "@/core/json";
import type { SpecNode } from "@/core/workflow/document";
import type { EditableDocument } from "@/core/workflow/edit/operation";
import { jsonSchemaOf } from "@/core/schema/json-schema-of";
import { contextNames } from "@/core/workflow/names";
import type { SampleRun } from "@/components/builder/state/builder-state";
import { useBuilder } from "@/components/builder/state/use-builder";
import { allScopes, locateNode } from "@/components/builder/state/locate-node";
import { stepDefinitions } from "@/steps/definitions";
import { dataTree, type DataGroup } from "./data-tree";
import { placeScope, sampleValues } from "./sample-values";

export interface ExpressionPlace {
  nodeId: string | null;
  insideBody: boolean;
  extraNames: readonly string[];
}

export interface KnownData {
  /** Computed when somebody asks, once per state of the document. */
  names: () => readonly Completion[];
  groups: () => DataGroup[];
  /** The root names, or `any` when the input may hold anything. */
  rootNames: readonly string[] | "any";
  /** The last run's values; null while none is chosen. */
  scope: ExpressionScope | null;
}

/** What an expression at a place may read, and what that was in the last run. */
export function useKnownData({ nodeId, insideBody, extraNames }: ExpressionPlace): KnownData {
  const document = useBuilder((state) => state.document);
  const run = useBuilder((state) => state.sampleRun);
  return useMemo(() => {
    const located = nodeId === null ? null : locateNode(document.spec, nodeId);
    const containers = [...(insideBody && located ? [located.node] : []), ...(located?.containers ?? [])];
    const sample = run === null ? null : sampleValues(run);
    const field = insideBody ? "until" : extraNames.includes("output") ? "result" : null;
    const names = once(() =>
      completions(document, nodeId, stepDefinitions, {
        outputSchema,
        ...(sample === null ? {} : { sample }),
        ...(field === null ? {} : { field }),
      }),
    );
    const titles = once(() => stepTitles(document));
    const itemNames = containers.flatMap((each) => [itemNameOf(each["itemName"]), "index"]);
    return {
      names,
      groups: once(() => dataTree(names(), (id) => titles().get(id) ?? id)),
      rootNames: rootNames(document, [...itemNames, ...extraNames]),
      scope:
        sample &&
        placeScope(sample, {
          vars: document.config.variables,
          containers,
          extra: extraNames.includes("output") ? ownOutput(run, nodeId) : {},
        }),
    };
  }, [document, run, nodeId, insideBody, extraNames]);
}

const schemas = new Map<string, JsonObject | null>();

/** What an action gives, by its connector. */
function outputSchema(node: SpecNode): JsonObject | null {
  const { tool } = node;
  if (typeof tool !== "string") return null;
  const known = schemas.get(tool);
  if (known !== undefined) return known;
  const action = findAction(tool)?.action;
  const schema = action === undefined ? null : jsonSchemaOf(action.output);
  schemas.set(tool, schema);
  return schema;
}

function itemNameOf(name: unknown): string {
  return typeof name === "string" ? name : "item";
}

/** `output` in a result line is what the step itself gave. */
function ownOutput(run: SampleRun | null, nodeId: string | null): JsonObject {
  return { output: run?.steps.find((step) => step.nodeId === nodeId)?.output ?? null };
}

/** The same rule as at publishing: names are checked only where the input's schema is closed. */
function rootNames({ spec, config }: EditableDocument, more: readonly string[]): readonly string[] | "any" {
  const schema = spec.inputSchema;
  if (schema?.["additionalProperties"] !== false) return "any";
  return [...contextNames, ...Object.keys(asObject(schema["properties"])), ...Object.keys(config.variables), ...more];
}

function stepTitles({ spec }: EditableDocument): Map<string, string> {
  return new Map(
    allScopes(spec).flatMap(({ nodes }) => nodes.map((node): [string, string] => [node.id, node.name ?? node.id])),
  );
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
