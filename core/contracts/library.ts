import { z } from "zod";
import type { JsonObject } from "@/core/json";
import type { WorkflowGraph } from "@/core/workflow/graph";

/** Where a workflow is listed: names joined by "/", empty = at the top. */
export const folderSchema = z
  .string()
  .max(200)
  .transform((text) =>
    text
      .split("/")
      .map((part) => part.trim())
      .filter((part) => part !== "")
      .join("/"),
  )
  .refine((path) => path.split("/").length <= 5, "A folder is at most five levels deep.");

export const tagSchema = z.string().trim().toLowerCase().min(1).max(40);

export const nameSchema = z.string().trim().min(1, "Give the workflow a name.").max(200);
export const descriptionSchema = z.string().trim().max(2000);

export const organizeSchema = z.object({
  slug: z.string().max(200),
  name: nameSchema.optional(),
  description: descriptionSchema.optional(),
  folder: folderSchema.optional(),
  tags: z.array(tagSchema).max(20).optional(),
  ownerId: z.uuid().optional(),
});
export type OrganizeWorkflow = z.output<typeof organizeSchema>;

export const templateAskKinds = ["connection", "person", "limit", "text"] as const;
export type TemplateAskKind = (typeof templateAskKinds)[number];

/** Something a template needs to know before it fits an organization. */
export interface TemplateAsk {
  id: string;
  kind: TemplateAskKind;
  label: string;
  help: string;
  /** Of a connection: the connector it belongs to. */
  connector?: string | undefined;
  default: string | number;
}

export interface TemplateCard {
  slug: string;
  title: string;
  /** What one gets from it, in a sentence. */
  benefit: string;
  category: string;
  tags: string[];
  icon: string;
  /** Its way in a few words each: "A customer asks", "A manager decides". */
  steps: string[];
  asks: TemplateAsk[];
  sampleInput: JsonObject;
  graph: WorkflowGraph;
}

/** What the questions of a template can be answered with here. */
export interface TemplateChoices {
  connections: { slug: string; name: string; connector: string }[];
  people: { value: string; label: string; group: "Roles" | "Teams" | "People" }[];
}

export interface TrashedWorkflow {
  id: string;
  name: string;
  description: string;
  deletedAt: string;
  /** Until it goes for good; null: it has runs, so it stays until somebody who may delete them does away with it. */
  daysLeft: number | null;
  executions: number;
}

/** A finding about a document that is to be imported, with its place in the text where one can be named. */
export interface ImportProblem {
  code: string;
  severity: "error" | "warning";
  path: string;
  message: string;
  line: number | null;
  column: number | null;
}

/** What an import understood of a text. */
export interface ImportReading {
  /** False: it cannot become a workflow until the errors are corrected. */
  readable: boolean;
  problems: ImportProblem[];
  summary: {
    name: string;
    slug: string | null;
    /** The slug is in use here, so the workflow gets another one. */
    slugTaken: boolean;
    steps: { title: string; count: number }[];
    triggers: string[];
    graph: WorkflowGraph;
  } | null;
}

export interface ExportedDocument {
  filename: string;
  json: string;
}

/** What the person looking has done already. */
export interface FirstSteps {
  created: boolean;
  tested: boolean;
  published: boolean;
  decided: boolean;
  connected: boolean;
  /** Their role may make workflows. */
  mayCreate: boolean;
  /** A workflow of theirs to go on with. */
  workflow: { slug: string; name: string } | null;
}
