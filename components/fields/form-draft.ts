import type { Json, JsonObject } from "@/core/json";
import { answerProblems } from "@/core/schema/form-answers";
import { isJsonObject, ownField, sameJson } from "@/core/json-guard";
import { emptyEntry, entryOf, isAnswered, type FormDraft, type FormEntry } from "./form-entry";
import { askedFields, readFields, type FormField } from "./form-field";
import { missingWords, placeProblems, type FormProblems } from "./form-problems";
import { readEntry, type ReadEntry } from "./read-entry";

export type { FormDraft, FormEntry } from "./form-entry";

/** A form as somebody has it before them. */
export interface OpenForm {
  schema: JsonObject;
  /** Also those that are asked only under a condition. */
  fields: readonly FormField[];
  /** What is filled in already. */
  given: JsonObject;
  /** How the person writes numbers. */
  locale: string;
}

export function openForm(schema: JsonObject, given: JsonObject, locale: string): OpenForm {
  return { schema, fields: readFields(schema), given, locale };
}

export function initialDraft({ fields, given, locale }: OpenForm): FormDraft {
  return Object.fromEntries(fields.map((field) => [field.name, entryOf(field, givenFor(given, field), locale)]));
}

/** The questions that are asked of somebody who has answered this much. */
export function fieldsNow(form: OpenForm, draft: FormDraft): FormField[] {
  return askedFields(form.schema, collectFields(form.fields, draft, form, "").values);
}

/**
 * The values of a draft, or what is wrong with each field in plain words. What nobody answered is left out, what is not asked is not
 * sent, and what nobody changed is as it was given.
 */
export function collectValues(form: OpenForm, draft: FormDraft): { values: JsonObject; problems: FormProblems } {
  const asked = fieldsNow(form, draft);
  const { values, problems } = collectFields(asked, draft, form, "");
  const misfits = placeProblems(asked, inFieldsWords(form.schema, asked, values));
  // What nobody could read is not missing as well.
  return { values, problems: { ...withoutInner(misfits, problems), ...problems } };
}

interface Collected {
  values: JsonObject;
  problems: FormProblems;
}

type Around = Pick<OpenForm, "given" | "locale">;

function collectFields(fields: readonly FormField[], draft: FormDraft, around: Around, path: string): Collected {
  const answers: [string, Json][] = [];
  const problems: FormProblems = {};
  for (const field of fields) {
    const here = path === "" ? field.name : `${path}.${field.name}`;
    const read = readAnswer(field, draft[field.name] ?? emptyEntry(field, around.locale), around, here);
    Object.assign(problems, read.problems);
    if (read.value !== undefined) answers.push([field.name, read.value]);
    else if (field.required && Object.keys(read.problems).length === 0) problems[here] = missingWords(field.kind);
  }
  return { values: Object.fromEntries(answers), problems };
}

interface ReadAnswer {
  value?: Json | undefined;
  problems: FormProblems;
}

function readAnswer(field: FormField, entry: FormEntry, around: Around, path: string): ReadAnswer {
  const given = givenFor(around.given, field);
  if (field.kind === "list" && Array.isArray(entry)) return readList(field, entry as FormDraft[], around, path);
  if (field.fields.length > 0 && isDraft(entry)) {
    if (!isAnswered(field, entry) && !field.required) return { problems: {} };
    const within = { ...around, given: isJsonObject(given) ? given : {} };
    const { values, problems } = collectFields(field.fields, entry, within, path);
    return { value: values, problems };
  }
  const isUnchanged =
    isAnswered(field, entry) && given !== undefined && sameJson(entry, entryOf(field, given, around.locale));
  // Read back from the control, a time would lose its seconds and a number its zeros.
  const read: ReadEntry =
    isUnchanged && field.kind !== "choices" ? { value: given } : readEntry(field, entry, around.locale);
  return read.problem === undefined ? { value: read.value, problems: {} } : { problems: { [path]: read.problem } };
}

/** The items are read anew: they may have changed places. */
function readList(field: FormField, items: readonly FormDraft[], { locale }: Around, path: string): ReadAnswer {
  const problems: FormProblems = {};
  const values = items.map((item, position) => {
    const here = `${path}[${String(position)}]`;
    const [plain] = field.fields;
    if (plain?.name === "") {
      const read = readAnswer(plain, item[""] ?? emptyEntry(plain, locale), { given: {}, locale }, here);
      Object.assign(problems, read.problems);
      if (read.value === undefined && Object.keys(read.problems).length === 0) problems[here] = "Fill this in.";
      return read.value ?? null;
    }
    const read = collectFields(field.fields, item, { given: {}, locale }, here);
    Object.assign(problems, read.problems);
    return read.values;
  });
  return items.length === 0 ? { problems } : { value: values, problems };
}

function isDraft(entry: FormEntry): entry is FormDraft {
  return typeof entry === "object" && !Array.isArray(entry);
}

/** A question that has to be answered because of other answers is missing in the same words as one that always has to be. */
function inFieldsWords(
  schema: JsonObject,
  fields: readonly FormField[],
  values: JsonObject,
): { path: string; message: string }[] {
  return answerProblems(schema, values).map(({ path, message }) => {
    const field = fields.find(({ name }) => name === path);
    const isMissing = field !== undefined && !Object.hasOwn(values, field.name);
    return { path, message: isMissing ? missingWords(field.kind) : message };
  });
}

/** Problems of a group beside those of its own questions say the same less well. */
function withoutInner(misfits: FormProblems, own: FormProblems): FormProblems {
  const told = Object.keys(own);
  return Object.fromEntries(
    Object.entries(misfits).filter(
      ([path]) => !told.some((each) => each.startsWith(`${path}.`) || each.startsWith(`${path}[`)),
    ),
  );
}

/** Consent is the person's to give, whatever the schema or the workflow says beforehand. */
function givenFor(given: JsonObject, field: FormField): Json | undefined {
  if (field.kind === "consent") return undefined;
  return ownField(given, field.name) ?? field.initial;
}
