import type { JsonObject } from "@/core/json";
import type { Issue } from "@/core/workflow/document";
import type { EditableDocument } from "@/core/workflow/edit/operation";
import { readJson } from "@/core/workflow/json-places";
import { suggestion } from "@/core/nearest";
import type { StepDefinitions } from "@/core/workflow/step-definition";
import type { TriggerDefinitions } from "@/core/workflow/trigger-definition";
import type { JsonPath } from "./cursor-place";
import { readDocumentValue } from "./document-text";
import { readLoose, type LooseNode } from "./loose-json";
import { fieldsOf, schemasAt } from "./schema-walk";

/** Something to correct in the text. `to` is behind its last character. */
export interface TextProblem {
  from: number;
  to: number;
  severity: "error" | "warning";
  message: string;
}

export interface TextReading {
  problems: TextProblem[];
  /** Null while the text cannot become a document. */
  document: EditableDocument | null;
}

export interface ReadingContext {
  before: EditableDocument;
  definitions: StepDefinitions;
  triggerDefinitions: TriggerDefinitions;
  schema: JsonObject;
  /** Problems of a document; paths start at the spec, or at `triggers` and `config`. */
  check: (document: EditableDocument) => readonly Issue[];
}

/** Everything that is wrong with a text and where; and what it says, when it can be read. */
export function readDocumentText(text: string, context: ReadingContext): TextReading {
  const json = readJson(text);
  if (!json.ok)
    return { document: null, problems: [{ ...span(text, json.offset), severity: "error", message: json.message }] };
  const at = ({ code, path, severity, message }: Issue): TextProblem => {
    const { offset } = json.placeOf(path);
    return {
      ...((code === "unknown_field" ? nameBefore(text, offset) : null) ?? span(text, offset)),
      severity,
      message,
    };
  };
  const read = readDocumentValue(json.value, context.before, context.definitions, context.triggerDefinitions);
  if (!read.ok) return { document: null, problems: read.issues.map(at) };
  const found = context.check(read.document).map((issue) => at({ ...issue, path: fromDocument(issue.path) }));
  const marked = new Set(found.map(({ from }) => from));
  return {
    document: read.document,
    problems: [...found, ...unknownFields(readLoose(text), [], context.schema).filter(({ from }) => !marked.has(from))],
  };
}

/** The name in front of a value: what is wrong about a name is marked there. */
function nameBefore(text: string, offset: number): { from: number; to: number } | null {
  const name = /"(?:[^"\\\n]|\\.)*"(?=\s*:\s*$)/.exec(text.slice(Math.max(0, offset - 600), offset))?.[0];
  if (name === undefined) return null;
  const from = text.lastIndexOf(name, offset);
  return { from, to: from + name.length };
}

function fromDocument(path: string): string {
  if (/^(triggers|config)(\[|\.|$)/.test(path)) return path;
  return path === "" ? "spec" : `spec.${path}`;
}

/** Names that no schema knows: they are kept, and do nothing. */
function unknownFields(root: LooseNode | null, path: JsonPath, schema: JsonObject, node = root): TextProblem[] {
  if (!node || node.kind === "scalar") return [];
  const schemas = schemasAt(schema, path, root);
  const isStrict = schemas.length > 0 && schemas.every((each) => each["additionalProperties"] === false);
  const known = isStrict ? [...fieldsOf(schemas).keys()] : [];
  const own = isStrict
    ? node.entries.filter(({ key }) => !known.includes(key)).map((entry) => unknown(entry, known))
    : [];
  return [
    ...own,
    ...node.entries.flatMap(({ key, value }) => unknownFields(root, [...path, key], schema, value)),
    ...node.items.flatMap((item, index) => unknownFields(root, [...path, index], schema, item)),
  ];
}

function unknown({ key, keyFrom, keyTo }: LooseNode["entries"][number], known: readonly string[]): TextProblem {
  return {
    from: keyFrom,
    to: keyTo,
    severity: "warning",
    message: `"${key}" is not known here, so it is kept but does nothing.${suggestion(key, known)}`,
  };
}

/** From a position to the end of what stands there, at most to the end of its line. */
function span(text: string, offset: number): { from: number; to: number } {
  const from = Math.min(offset, text.length);
  const [found = ""] = /^(?:"(?:[^"\\\n]|\\.)*"|[^\s,{}[\]]+|[^\n])/.exec(text.slice(from)) ?? [];
  return { from, to: Math.min(text.length, from + Math.max(1, found.length)) };
}
