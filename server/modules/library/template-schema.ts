import { z } from "zod";
import { templateAskKinds } from "@/core/contracts/library";

/** A file of workflows/templates: what the gallery says about it, what it asks, and the workflow document. */
export const templateSchema = z.strictObject({
  slug: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string().min(1),
  benefit: z.string().min(1),
  category: z.string().min(1),
  tags: z.array(z.string()),
  icon: z.string(),
  steps: z.array(z.string()).min(2),
  asks: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(templateAskKinds),
      label: z.string(),
      help: z.string(),
      connector: z.string().optional(),
      /** Places in the document; steps and triggers are named by id: `spec.nodes.approve.assignTo`. */
      paths: z.array(z.string()).min(1),
      default: z.union([z.string(), z.number()]),
    }),
  ),
  sampleInput: z.record(z.string(), z.json()),
  workflow: z.record(z.string(), z.json()),
});
export type Template = z.output<typeof templateSchema>;
