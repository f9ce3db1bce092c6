import type { FieldKind, FormField } from "./form-field";

/** What is wrong, by the place of the field: `email`, `address.city`, `lines[0].amount`. */
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
    const at = placeIn(fields, path);
    const rest = at === null ? "" : path.slice(at.length).replace(/^\./, "");
    placed[at ?? wholeForm] ??= rest === "" ? message : `${rest}: ${message}`;
  }
  return placed;
}

/** What to do about a question that has to be answered. */
export function missingWords(kind: FieldKind): string {
  return wordsOfKind[kind] ?? "Fill this in.";
}

/** The place of the innermost control that a path leads to; null for a path to none. */
function placeIn(fields: readonly FormField[], path: string): string | null {
  const field = holderOf(fields, path);
  if (!field) return null;
  const { name } = field;
  const rest = path.slice(name.length);
  if (rest === "" || field.fields.length === 0) return name;
  if (field.kind !== "list") {
    const inner = placeIn(field.fields, rest.slice(1));
    return inner === null ? name : `${name}.${inner}`;
  }
  const [beyond, position] = afterPosition(rest);
  if (position === null) return name;
  const item = `${name}${position}`;
  if (plainItem(field)) return item;
  const inner = beyond === "" ? null : placeIn(field.fields, beyond);
  return inner === null ? name : `${item}.${inner}`;
}

function plainItem({ fields }: FormField): FormField | undefined {
  return fields.find(({ name }) => name === "");
}

/** `[0].amount` -> what comes after the position, and the position. */
function afterPosition(rest: string): [beyond: string, position: string | null] {
  const [position = null] = /^\[\d+\]/.exec(rest) ?? [];
  return [rest.slice(position?.length ?? 0).replace(/^\./, ""), position];
}

function holderOf(fields: readonly FormField[], path: string): FormField | undefined {
  return fields.find(
    ({ name }) => name !== "" && (path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`)),
  );
}

const wordsOfKind: Partial<Record<FieldKind, string>> = {
  choice: "Choose one.",
  choices: "Choose one.",
  yes_no: "Choose yes or no.",
  consent: "Please tick this box to go on.",
  list: "Add at least one.",
  file: "Add a file.",
  files: "Add a file.",
  signature: "Sign here.",
  unsupported: "This cannot be answered here yet. Ask whoever sent you the form.",
};
