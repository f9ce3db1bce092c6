import { z } from "zod";
import type { Json } from "@/core/json";

/** A file that somebody added to a form, as it stands in the answer. */
export const fileAnswerSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  type: z.string().describe("What its content was found to be"),
  size: z.int().describe("Bytes"),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  signedBy: z.string().optional().describe("Of a signature: the name that was typed"),
  signedAt: z.string().optional().describe("Of a signature: when it was sent, ISO 8601"),
});
export type FileAnswer = z.output<typeof fileAnswerSchema>;

/** The files that stand in a value, wherever they do; at most 100. */
export function filesIn(value: Json): FileAnswer[] {
  const found: FileAnswer[] = [];
  const open: Json[] = [value];
  // Grows while it is walked.
  for (const each of open) {
    if (typeof each !== "object" || each === null || found.length >= 100) continue;
    const file = "sha256" in each ? fileAnswerSchema.safeParse(each).data : undefined;
    if (file) found.push(file);
    else open.push(...Object.values(each));
  }
  return found;
}

/** What an upload answers with. */
export const uploadedFileSchema = fileAnswerSchema.omit({ signedBy: true, signedAt: true });
export type UploadedFile = z.output<typeof uploadedFileSchema>;

/** Where an upload says what it is for; names are cut to what is kept of them. */
export const uploadQuerySchema = z.object({
  name: z.string().min(1).max(1_000).describe("What the file is called."),
  question: z
    .string()
    .min(1)
    .max(500)
    .describe("The question that it answers, as in `values`: `contract`, `lines[0].photo`."),
});

/** How long the address of a file holds. */
export const fileAddressSeconds = 300;
