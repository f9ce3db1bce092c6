import { z } from "zod";

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
