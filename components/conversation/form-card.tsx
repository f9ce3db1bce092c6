"use client";
import { useId, useMemo } from "react";
import type { CustomerForm } from "@/core/contracts/conversation";
import type { JsonObject } from "@/core/json";
import { Introduction } from "@/components/fields/introduction";
import type { Refusal } from "@/components/fields/refusal";
import { SchemaForm } from "@/components/fields/schema-form";
import { Card } from "@/components/ui/card";
import { draftOfForm } from "./draft-of-form";

interface FormCardProps {
  form: CustomerForm;
  busy: boolean;
  problem: Refusal | null;
  onSubmit: (values: JsonObject) => void;
  /** Of the page: files are added with it. */
  link: string | null;
}

/** A form where it was asked for. */
export function FormCard({ form, busy, problem, onSubmit, link }: FormCardProps) {
  const id = useId();
  const { waitpointId } = form;
  const files = useMemo(
    () => (link === null ? null : { path: "/api/files/conversation", query: { form: waitpointId }, link }),
    [link, waitpointId],
  );
  return (
    <Card bar="person" role="group" aria-labelledby={id} className="p-4 max-sm:text-reading">
      <h2 id={id} className="mb-3 text-reading font-semibold">
        {form.title}
      </h2>
      <div className="flex flex-col gap-4">
        <Introduction text={form.introduction} />
        <SchemaForm
          schema={form.schema}
          values={form.values}
          submitLabel="Send"
          busy={busy}
          problem={problem}
          keepAs={draftOfForm(form.waitpointId)}
          hidden={form.hidden}
          files={files}
          onSubmit={onSubmit}
        />
      </div>
    </Card>
  );
}
