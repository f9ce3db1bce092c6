import { z } from "zod";
import { fileAnswerSchema } from "@/core/contracts/file";
import { acceptWords, fileTypes, sizeWords } from "@/core/file-types";
import type { Json, JsonObject } from "@/core/json";
import { attachmentQuestion, asksForFiles, type AttachmentQuestion } from "@/core/schema/attachment";
import type { FormField } from "./form-field";

/** What stands in the control of a question for files: each as it was answered, a signature with its name. */
export type FileEntry = z.output<typeof entrySchema>;

// The moment of a signature is known when it is sent.
const entrySchema = fileAnswerSchema.omit({ signedAt: true });
const entriesSchema = z.array(entrySchema).catch([]);

/** The files behind the text that a draft keeps of them. */
export function readFileEntries(entry: unknown): FileEntry[] {
  return typeof entry === "string" && entry !== "" ? entriesSchema.parse(jsonOf(entry)) : [];
}

/** As a draft keeps them; empty where there are none. */
export function writeFileEntries(files: readonly FileEntry[]): string {
  return files.length === 0 ? "" : JSON.stringify(files);
}

/** What is sent: whose file it is and what it is like, the server knows. */
export function fileValue({ kind }: FormField, files: readonly FileEntry[]): Json | undefined {
  const [first, ...others] = files.map(({ id, signedBy }): JsonObject =>
    signedBy === undefined ? { id } : { id, signedBy },
  );
  if (first === undefined) return undefined;
  return kind === "files" ? [first, ...others] : first;
}

export function isFileKind(kind: FormField["kind"]): boolean {
  return kind === "file" || kind === "files" || kind === "signature";
}

/** What a question for files takes. */
export function askedFiles({ schema }: FormField): AttachmentQuestion | null {
  return attachmentQuestion(schema) ?? asksForFiles(schema);
}

/** "PDF or PNG, up to 10 MB" */
export function takesWords({ accept, maxBytes }: AttachmentQuestion): string {
  return `${acceptWords(accept)}, up to ${sizeWords(maxBytes)}`;
}

/** "contract.pdf (PDF, 2.4 MB)"; of a signature who signed. */
export function fileWords(value: Json): string {
  const file = fileAnswerSchema.partial().safeParse(value).data;
  if (file === undefined) return JSON.stringify(value);
  if (file.signedBy !== undefined) return `Signed by ${file.signedBy}`;
  const { name = "A file", type, size } = file;
  const facts = [fileTypes.find((each) => each.type === type)?.words, size === undefined ? undefined : sizeWords(size)];
  const known = facts.filter((fact) => fact !== undefined);
  return known.length === 0 ? name : `${name} (${known.join(", ")})`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
