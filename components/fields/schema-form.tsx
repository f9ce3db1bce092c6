"use client";
import { useEffect, useMemo, useRef, useState, type ReactNode, type SyntheticEvent } from "react";
import type { JsonObject } from "@/core/json";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { FormFilesProvider, type FileDoor } from "./file-door";
import { collectValues, fieldsNow, openForm } from "./form-draft";
import { wholeForm, type FormProblems } from "./form-problems";
import { Introduction } from "./introduction";
import { personsLocale } from "./persons-locale";
import { Question } from "./question";
import { refusedAt, type Refusal } from "./refusal";
import { useFormDraft } from "./use-form-draft";

interface SchemaFormProps {
  schema: Record<string, unknown>;
  values?: Record<string, unknown>;
  submitLabel: string;
  busy: boolean;
  /** What the server answered, when it refused; the same object as long as it is about the same attempt. */
  problem: Refusal | null;
  onSubmit: (values: JsonObject) => void;
  /** Stands left of the submit button. */
  beside?: ReactNode;
  /** The form's name among the drafts of this tab: what is typed survives a reload. Whoever sends it removes the draft. */
  keepAs?: string;
  /** Fields that are sensitive beyond what the schema says. */
  hidden?: readonly string[];
  /** Where files are added; without it there is no place for them. */
  files?: FileDoor | null;
}

/** A form drawn from a JSON Schema. Problems are shown at their fields, and the first one gets the focus. */
export function SchemaForm(props: SchemaFormProps) {
  const { schema, values, submitLabel, busy, problem, onSubmit, beside, files = null } = props;
  const [arriving] = useState(() => new Set<string>());
  const around = useMemo(() => ({ door: files, arriving }), [files, arriving]);
  const opened = useMemo(
    // Schemas and values are JSON documents.
    () => openForm(schema as JsonObject, (values ?? {}) as JsonObject, personsLocale()),
    [schema, values],
  );
  const [draft, setDraft] = useFormDraft(opened, props);
  const fields = useMemo(() => fieldsNow(opened, draft), [opened, draft]);
  const [found, setFound] = useState<FormProblems>({});
  const [mended, setMended] = useState<{ of: Refusal | null; names: readonly string[] }>({ of: null, names: [] });
  const form = useRef<HTMLFormElement>(null);

  const focusFirst = (problems: FormProblems) => {
    const controls = [...(form.current?.querySelectorAll<HTMLElement>("[name]") ?? [])];
    controls.find((control) => problems[control.getAttribute("name") ?? wholeForm] !== undefined)?.focus();
  };
  const refused = useMemo(() => (problem === null ? {} : refusedAt(fields, problem)), [fields, problem]);
  const lastRefusal = useRef(problem);
  useEffect(() => {
    if (lastRefusal.current === problem) return;
    lastRefusal.current = problem;
    focusFirst(refused);
  });

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const { values: answers, problems: wrong } = collectValues(opened, draft);
    const problems: FormProblems = { ...wrong };
    for (const path of arriving) problems[path] = "Wait until this is here, then send.";
    setFound(problems);
    if (Object.keys(problems).length === 0) onSubmit(answers);
    else focusFirst(problems);
  };
  const isMended = (name: string) => mended.of === problem && mended.names.some((each) => isWithin(each, name));
  const problemAt = (name: string): string | undefined => found[name] ?? (isMended(name) ? undefined : refused[name]);

  const whole = problemAt(wholeForm);
  return (
    <form ref={form} noValidate onSubmit={submit} className="flex flex-col gap-4">
      {whole !== undefined && <Notice tone="failed">{whole}</Notice>}
      <Introduction text={schema.description} />
      {fields.length === 0 && <p className="text-ink-2">Nothing to fill in.</p>}
      <FormFilesProvider value={around}>
        {fields.map((field) => (
          <Question
            key={field.name}
            field={field}
            path={field.name}
            value={draft[field.name] ?? ""}
            problemAt={problemAt}
            locale={opened.locale}
            onChange={(value, path) => {
              setDraft({ ...draft, [field.name]: value });
              setFound(
                Object.fromEntries(Object.entries(found).filter(([at]) => !isWithin(path, at) && at !== wholeForm)),
              );
              const before = mended.of === problem ? mended.names : [];
              setMended({ of: problem, names: [...before, path] });
            }}
          />
        ))}
      </FormFilesProvider>
      <div className="flex justify-end gap-2">
        {beside}
        <Button type="submit" look="primary" busy={busy} className="max-sm:h-12 max-sm:flex-1 max-sm:text-reading">
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}

/** Whether a problem is about what was just changed: the place itself, what stands in it, and the group around it. */
function isWithin(changed: string, at: string): boolean {
  const holds = (outer: string, inner: string) =>
    outer !== wholeForm && (inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`));
  return holds(changed, at) || holds(at, changed);
}
