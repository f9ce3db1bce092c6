import { z } from "zod";
import type { JsonObject } from "@/core/json";
import { edgeSource } from "@/core/workflow/source-record";
import type { Spec, SpecNode, Trigger, WorkflowConfig } from "@/core/workflow/document";
import type { TriggerDefinitions } from "@/core/workflow/trigger-definition";
import { triggerSchema } from "@/core/workflow/triggers";

/** What the builder edits: the parts of a workflow that are versioned together. */
export interface EditableDocument {
  spec: Spec;
  triggers: Trigger[];
  config: WorkflowConfig;
}

const id = z.string().min(1).max(200);
/** The loop (or other container) whose body is meant; null = the workflow itself. */
const container = id.nullable();
const place = z.number().min(-10_000_000).max(10_000_000);
const index = z.int().min(0).optional().describe("Position in the list; at the end when absent or beyond it");

/** Set by undo alone: the thing is put back as it stood, even where it could not be made anew (imports hold such things). */
const restored = z.boolean().optional();

/** One field, by its path inside the step or the configuration. Without a value the field is taken away. */
const fieldChange = z.object({
  path: z
    .array(z.union([z.string().max(500), z.int().min(0).max(10_000)]))
    .min(1)
    .max(40),
  value: z.json().optional(),
});
export type FieldChange = z.output<typeof fieldChange>;

const nodeField = z.custom<SpecNode>(
  (value) =>
    typeof value === "object" &&
    value !== null &&
    typeof Reflect.get(value, "id") === "string" &&
    typeof Reflect.get(value, "type") === "string",
  "A step is an object with id and type.",
);

/** Checked for real where an operation is applied: the document that comes of it must import. */
const documentField = z.custom<EditableDocument>(
  (value) => typeof value === "object" && value !== null && ["spec", "triggers", "config"].every((key) => key in value),
  "A document has spec, triggers and config.",
);

/**
 * Every edit of a workflow, by whoever makes it: canvas, side panel, assistant, API. `applyOperation` is the only thing that
 * carries one out. Operations name steps by id and fields by path, so that two people's edits of different things both last.
 */
export function operationSchema(triggers: TriggerDefinitions) {
  return z.discriminatedUnion("op", [
    z.object({ op: z.literal("add_node"), node: nodeField, container, index, restored }),
    /** `heal`: what led to the step leads to what followed it, where that is unambiguous. */
    z.object({ op: z.literal("remove_node"), id, heal: z.boolean().optional() }),
    /** Never `id`, `type` or `ui`. */
    z.object({ op: z.literal("update_node"), id, changes: z.array(fieldChange).min(1).max(200) }),
    z.object({
      op: z.literal("move_nodes"),
      /** Relative to the container; both null: the automatic layout places it. */
      moves: z
        .array(
          z.object({
            id,
            x: place.nullable(),
            y: place.nullable(),
            /** Of undo alone: everything the canvas kept about the step, as it stood; null: nothing. */
            ui: z.record(z.string(), z.json()).nullable().optional(),
          }),
        )
        .min(1)
        .max(5000),
    }),
    /** Into a container or out of it; connections that would cross its border are dropped. */
    z.object({ op: z.literal("nest_node"), id, container, x: place.nullable(), y: place.nullable(), index }),
    z.object({
      op: z.literal("connect"),
      from: id,
      case: z.string().max(500),
      to: id,
      index,
      /**
       * Of undo alone: where the connection stood and how it was spelled. `loose`: it could not have been drawn even then (an
       * import holds such), so it is put back unasked; any other must still make sense, since others edit meanwhile.
       */
      restored: z.object({ container, source: edgeSource.optional(), loose: z.boolean().optional() }).optional(),
    }),
    /** `index`: which one, where a document holds the same connection several times. */
    z.object({ op: z.literal("disconnect"), from: id, case: z.string().max(500), to: id, index }),
    z.object({ op: z.literal("set_start"), container, id: z.string().max(200), restored }),
    z.object({ op: z.literal("set_input_schema"), schema: z.record(z.string(), z.json()).nullable() }),
    z.object({ op: z.literal("set_config"), changes: z.array(fieldChange).min(1).max(200) }),
    /** Adds the trigger, or replaces the one with its id. */
    z.object({ op: z.literal("put_trigger"), trigger: triggerSchema(triggers), index }),
    z.object({ op: z.literal("remove_trigger"), id }),
    /** The whole document: JSON view, import, going back to a version. */
    z.object({ op: z.literal("replace_document"), document: documentField }),
  ]);
}
export type Operation = z.output<ReturnType<typeof operationSchema>>;

/** What one save carries. */
export function operationsSchema(triggers: TriggerDefinitions) {
  return z.array(operationSchema(triggers)).min(1).max(2000);
}

/** What an operation did: the document after it, and the operations that take it back exactly. Or why it means nothing here. */
export type Applied = { ok: true; document: EditableDocument; inverse: Operation[] } | { ok: false; reason: string };

/** A batch: what could be done was done; the rest is named. The same batch on the same document always gives the same. */
export interface AppliedBatch {
  document: EditableDocument;
  /** Takes the whole batch back, in this order. */
  inverse: Operation[];
  refused: { index: number; reason: string }[];
}

/** Steps with the connections between them, as copied: pasted into any workflow under new ids. */
export interface Fragment {
  nodes: JsonObject[];
  edges: { from: string; case: string; to: string }[];
}
