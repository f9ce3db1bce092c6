"use client";
import { useState } from "react";
import { formDrafts } from "@/components/data/draft-store";
import { initialDraft, type FormDraft, type OpenForm } from "./form-draft";
import { fittingEntries, keptDraft } from "./kept-draft";

interface Keeping {
  keepAs?: string;
  hidden?: readonly string[];
}

/** What stands in a form's controls; kept in the tab at every change where the form has a name. */
export function useFormDraft(form: OpenForm, { keepAs, hidden }: Keeping): [FormDraft, (draft: FormDraft) => void] {
  const [draft, setDraft] = useState(() => ({
    ...initialDraft(form),
    ...(keepAs === undefined ? {} : fittingEntries(form.fields, formDrafts.read(keepAs))),
  }));
  return [
    draft,
    (next) => {
      setDraft(next);
      if (keepAs === undefined) return;
      const kept = keptDraft(form, next, hidden);
      if (Object.keys(kept).length === 0) formDrafts.remove(keepAs);
      else formDrafts.write(keepAs, kept);
    },
  ];
}
