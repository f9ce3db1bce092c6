import { isUuid } from "@/core/ids";
import { asObject, type Json, type JsonObject } from "@/core/json";
import { isJsonObject, ownField } from "@/core/json-guard";
import { maxSignedBy } from "@/core/file-types";
import { attachmentQuestion, type AttachmentQuestion } from "@/core/schema/attachment";
import { partsOf } from "@/core/schema/parts-of";
import type { SchemaIssue } from "@/core/schema/schema-patterns";

/** What somebody answered to a question for a file or a signature. */
export interface AttachmentAnswer {
  /** Where it stands in the answers: `lines[0].photo` */
  path: string;
  /** The question, whatever the position: `lines.photo` */
  question: string;
  asks: AttachmentQuestion;
  value: Json;
}

/** All files and signatures among answers, at any depth. */
export function attachmentAnswers(root: JsonObject, values: JsonObject): AttachmentAnswer[] {
  const found: AttachmentAnswer[] = [];
  replaceAttachments(root, values, (answer) => {
    found.push(answer);
    return answer.value;
  });
  return found;
}

/** The answers with something else in the place of each file and signature. */
export function replaceAttachments(
  root: JsonObject,
  values: JsonObject,
  replace: (answer: AttachmentAnswer) => Json,
): JsonObject {
  return asObject(replaced({ root, replace }, [root], values, ""));
}

/** What a question of a form takes, by its place with or without positions; null where no file is asked for there. */
export function attachmentAsked(root: JsonObject, path: string): AttachmentQuestion | null {
  let parts = partsOf(root, [root]);
  for (const name of questionOf(path).split(".")) parts = partsOf(root, propertiesOf(withItems(root, parts), name));
  return asked(withItems(root, parts));
}

/** `lines[0].photo` → `lines.photo` */
export function questionOf(path: string): string {
  return path.replaceAll(/\[\d+\]/g, "");
}

/** Answers that name no file, and signatures without a name. Whether there is such a file, only the server can tell. */
export function attachmentProblems(root: JsonObject, values: JsonObject): SchemaIssue[] {
  return attachmentAnswers(root, values).flatMap(({ path, asks, value }): SchemaIssue[] => {
    const { id, signedBy } = asObject(value);
    if (typeof id !== "string" || !isUuid(id))
      return [{ path, message: asks.kind === "file" ? "Add a file here." : "Sign here." }];
    if (asks.kind === "file") return [];
    if (typeof signedBy !== "string" || signedBy.trim() === "")
      return [{ path, message: "Write your name beside the signature." }];
    return signedBy.length > maxSignedBy ? [{ path, message: "This name is too long. Shorten it." }] : [];
  });
}

interface Walk {
  root: JsonObject;
  replace: (answer: AttachmentAnswer) => Json;
}

function replaced(walk: Walk, schemas: readonly JsonObject[], value: Json, path: string): Json {
  const parts = partsOf(walk.root, schemas);
  const asks = Array.isArray(value) ? null : asked(parts);
  if (asks !== null) return walk.replace({ path, question: questionOf(path), asks, value });
  if (Array.isArray(value)) {
    const items = itemsOf(parts);
    return items.length === 0 ? value : value.map((item, at) => replaced(walk, items, item, `${path}[${String(at)}]`));
  }
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const inner = propertiesOf(parts, name);
      const here = path === "" ? name : `${path}.${name}`;
      return [name, inner.length === 0 ? member : replaced(walk, inner, member, here)];
    }),
  );
}

function asked(parts: readonly JsonObject[]): AttachmentQuestion | null {
  for (const part of parts) {
    const question = attachmentQuestion(part);
    if (question !== null) return question;
  }
  return null;
}

function propertiesOf(parts: readonly JsonObject[], name: string): JsonObject[] {
  return parts.map(({ properties }) => ownField(asObject(properties ?? null), name)).filter(isJsonObject);
}

function itemsOf(parts: readonly JsonObject[]): JsonObject[] {
  return parts.flatMap(({ items, prefixItems }) => [items, prefixItems].flat()).filter(isJsonObject);
}

/** A list and what stands in it: its question is named without a position. */
function withItems(root: JsonObject, parts: readonly JsonObject[]): JsonObject[] {
  return [...parts, ...partsOf(root, itemsOf(parts))];
}
