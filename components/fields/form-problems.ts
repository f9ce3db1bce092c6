import type { FieldKind, FormField } from "./form-field";

/** What is wrong, by the field's name. */
export type FormProblems = Record<string, string>;

/** Where a problem stands that no single field has. */
export const wholeForm = "";

/** Problems of answers at the fields they are about; the first of each field says best what to do. */
export function placeProblems(
  fields: readonly FormField[],
  problems: readonly { path: string; message: string }[],
): FormProblems {
  const placed: FormProblems = {};
  for (const { path, message } of problems) {
    const field = fieldAt(fields, path);
    const rest = path.slice(field?.name.length ?? 0).replace(/^\./, "");
    placed[field?.name ?? wholeForm] ??= rest === "" ? message : `${rest}: ${message}`;
  }
  return placed;
}

/** What to do about a question that has to be answered. */
export function missingWords(kind: FieldKind): string {
  return wordsOfKind[kind] ?? "Fill this in.";
}

function fieldAt(fields: readonly FormField[], path: string): FormField | undefined {
  return fields.find(({ name }) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`));
}

const wordsOfKind: Partial<Record<FieldKind, string>> = {
  choice: "Choose one.",
  choices: "Choose one.",
  yes_no: "Choose yes or no.",
  consent: "Please tick this box to go on.",
};
