import type { ImportProblem, ImportReading } from "@/core/contracts/library";
import { AppError } from "@/core/errors";
import type { JsonObject } from "@/core/json";
import type { Issue, Trigger } from "@/core/workflow/document";
import { isJsonObject } from "@/core/json-guard";
import { workApart } from "@/server/apart/work-apart";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { checkWorkflow, createWorkflow, existingWorkflow, withoutSecrets } from "@/server/modules/workflows/service";

/** What a text would become, and everything that stands in the way, with its place. Nothing is saved. */
export async function readImport(actor: UserActor, text: string): Promise<ImportReading> {
  requireScope(actor, "workflows:read");
  const { organizationId } = actor;
  const read = await workApart(organizationId, "parseText", text);
  if (!read.ok)
    return unreadable([
      {
        code: "invalid_json",
        severity: "error",
        path: "",
        message: read.message,
        line: read.line,
        column: read.column,
      },
    ]);
  const found = findDocument(read.value);
  if (!found) return unreadable(await placed(actor, text, "", [noDocument]));
  const { document, given, prefix } = found;
  const imported = await workApart(organizationId, "importDocument", document);
  if (!imported.ok) return unreadable(await placed(actor, text, prefix, imported.issues));
  const { slug = null, spec, triggers } = imported.document;
  const [issues, namesake, { graph, steps }] = await Promise.all([
    checkWorkflow(actor, imported.document),
    slug === null ? null : findNamesake(actor, slug),
    workApart(organizationId, "outline", spec),
  ]);
  return {
    readable: true,
    problems: await placed(actor, text, prefix, [...secretsLeftOut(given), ...issues]),
    summary: {
      name: nameOf(document),
      slug,
      slugTaken: namesake !== null,
      steps,
      triggers: (triggers ?? []).map(({ type }: Trigger) => type),
      graph,
    },
  };
}

/** Makes the workflow. A slug that is in use here is replaced by a free one. */
export async function importDocument(actor: UserActor, text: string): Promise<{ slug: string }> {
  requireScope(actor, "workflows:write");
  const read = await workApart(actor.organizationId, "parseText", text);
  if (!read.ok)
    throw new AppError(
      "invalid_json",
      `The text cannot be read: line ${String(read.line)}, column ${String(read.column)}. ${read.message}`,
    );
  const found = findDocument(read.value);
  if (!found) throw new AppError("validation_failed", noDocument.message, [noDocument]);
  const { slug, ...rest } = found.document;
  const namesake = typeof slug === "string" ? await findNamesake(actor, slug) : null;
  const keepsSlug = typeof slug === "string" && namesake === null;
  const { workflow } = await createWorkflow(actor, {
    ...rest,
    ...(keepsSlug ? { slug } : {}),
    // A file cannot lower what the workflow of its name needs; one that was cleaned of it is a copy all the same.
    ...(namesake?.reviewRequired ? { reviewRequired: true } : {}),
    name: nameOf(found.document),
  });
  return { slug: workflow.slug };
}

const noDocument: Issue = {
  code: "invalid_shape",
  severity: "error",
  path: "",
  message: "This is JSON, but no workflow: a workflow is an object with name and spec, or a spec with nodes and edges.",
};

interface Found {
  /** Without secrets. */
  document: JsonObject;
  /** As it stands in the text. */
  given: JsonObject;
  prefix: string;
}

/** A workflow file, the answer of the API about one, or a bare spec. `prefix`: where the document's parts stand in the text. */
function findDocument(value: unknown): Found | null {
  if (!isJsonObject(value)) return null;
  if (isJsonObject(value["spec"])) return found(withoutAnswerFields(value), "");
  if (Array.isArray(value["nodes"])) return found({ spec: value }, "spec");
  for (const key of ["data", "workflow"]) {
    const inner = findDocument(value[key]);
    if (inner) return { ...inner, prefix: inner.prefix === "spec" ? "spec" : `${key}.${inner.prefix}` };
  }
  return "spec" in value ? found(value, "") : null;
}

function found(given: JsonObject, prefix: string): Found {
  return { document: withoutSecrets(given), given, prefix };
}

/** A file is handed around, so nothing secret is taken from one; what had a secret waits for a new one. */
function secretsLeftOut({ triggers }: JsonObject): Issue[] {
  if (!Array.isArray(triggers)) return [];
  return triggers.flatMap((trigger, index): Issue[] =>
    isJsonObject(trigger) && trigger["secret"] !== undefined
      ? [
          {
            code: "secret_in_document",
            severity: "warning",
            path: `triggers[${String(index)}].secret`,
            message:
              "The secret in this file is not taken over. Set one in the Triggers tab: calls are refused until then.",
          },
        ]
      : [],
  );
}

/** What the API says about a stored workflow is no part of the document. */
const answerFields: ReadonlySet<string> = new Set([
  "id",
  "status",
  "version",
  "createdAt",
  "updatedAt",
  "publishedVersion",
]);

function withoutAnswerFields(document: JsonObject): JsonObject {
  if (!("createdAt" in document && "version" in document)) return document;
  return Object.fromEntries(Object.entries(document).filter(([key]) => !answerFields.has(key)));
}

/** Issues name places in the document; the text may hold it bare, or wrapped in an answer. */
async function placed(
  { organizationId }: UserActor,
  text: string,
  prefix: string,
  issues: readonly Issue[],
): Promise<ImportProblem[]> {
  const paths = issues.map(({ path }) => (prefix === "spec" ? path.replace(/^spec\.?/, "") : `${prefix}${path}`));
  const places = await workApart(organizationId, "placesInText", { text, paths });
  return issues.map(({ code, severity, path, message }, at) => {
    const { line, column } = places[at] ?? { line: 1, column: 1 };
    return { code, severity, path, message, line, column };
  });
}

function unreadable(problems: ImportProblem[]): ImportReading {
  return { readable: false, problems, summary: null };
}

function nameOf(document: JsonObject): string {
  const { name, slug } = document;
  if (typeof name === "string" && name.trim() !== "") return name.trim().slice(0, 200);
  return typeof slug === "string" && slug !== "" ? slug : "Imported workflow";
}

async function findNamesake(actor: UserActor, slug: string): Promise<{ reviewRequired: boolean } | null> {
  try {
    return await existingWorkflow(actor, slug);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}
