import { isUuid } from "@/core/ids";
import { maxFormFileBytes, maxFormFiles, sizeWords } from "@/core/file-types";
import { asObject, type Json, type JsonObject } from "@/core/json";
import { attachmentAnswers, replaceAttachments, type AttachmentAnswer } from "@/core/schema/attachment-answers";
import type { SchemaIssue } from "@/core/schema/validate-input";
import type { OrganizationId } from "@/server/db/tenant";
import { findLoose, type FileScope, type StoredFile } from "./store";

/** Answers with the facts of their files as the server knows them, and whose files these are. */
export interface TakenFiles {
  values: JsonObject;
  ids: string[];
  problems: SchemaIssue[];
}

/**
 * Reads of each file and signature among the answers its id alone, and writes what is known of it in its place. A file that is not there, was
 * added to another form or another question, or stands in an answer already, is a problem of its field.
 */
export async function takeFiles(
  organizationId: OrganizationId,
  scope: FileScope,
  { schema, values }: { schema: JsonObject; values: JsonObject },
  now = new Date(),
): Promise<TakenFiles> {
  const answers = attachmentAnswers(schema, values);
  if (answers.length === 0) return { values, ids: [], problems: [] };
  const ids = answers.map(idOf).filter(isUuid);
  const loose = new Map((await findLoose(organizationId, ids, scope)).map((file) => [file.id, file]));
  const used = new Set<string>();
  const problems: SchemaIssue[] = [];
  const taken = replaceAttachments(schema, values, (answer) => {
    const file = loose.get(idOf(answer));
    const message = problemOf(file, answer, used);
    if (file === undefined || message !== null) {
      problems.push({ path: answer.path, message: message ?? gone });
      return answer.value;
    }
    used.add(file.id);
    return factsOf(file, answer, now);
  });
  return { values: taken, ids: [...used], problems: [...problems, ...tooMuch(answers, [...loose.values()])] };
}

const gone = "This file is no longer there. Take it out and add it again.";

function problemOf(file: StoredFile | undefined, answer: AttachmentAnswer, used: ReadonlySet<string>): string | null {
  if (file?.question !== answer.question)
    return answer.asks.kind === "file" ? gone : "This signature is no longer there. Sign again.";
  return used.has(file.id) ? "This file stands here twice. Take one of the two out." : null;
}

function factsOf({ id, name, type, size, sha256 }: StoredFile, { asks, value }: AttachmentAnswer, now: Date): Json {
  const facts = { id, name, type, size, sha256 };
  const { signedBy } = asObject(value);
  return asks.kind === "signature" && typeof signedBy === "string"
    ? { ...facts, signedBy: signedBy.trim(), signedAt: now.toISOString() }
    : facts;
}

function idOf({ value }: AttachmentAnswer): string {
  const { id } = asObject(value);
  return typeof id === "string" ? id.toLowerCase() : "";
}

function tooMuch(answers: readonly AttachmentAnswer[], files: readonly StoredFile[]): SchemaIssue[] {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const [first] = answers;
  if (first === undefined || (answers.length <= maxFormFiles && total <= maxFormFileBytes)) return [];
  const most = `${String(maxFormFiles)} files and ${sizeWords(maxFormFileBytes)}`;
  return [{ path: first.path, message: `A form takes at most ${most} in all. Take some out.` }];
}
