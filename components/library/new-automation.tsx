"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { FileUp, LayoutTemplate } from "lucide-react";
import { Link } from "@/components/ui/link";
import { useRouter } from "next/navigation";
import { useState, type SyntheticEvent } from "react";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-look";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Textarea } from "@/components/ui/textarea";
import { ImportDialog } from "./import-dialog";

/** A name and, if one likes, a description; then the empty canvas. */
export function NewAutomation() {
  const api = useTRPC();
  const router = useRouter();
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [missing, setMissing] = useState(false);
  const [importing, setImporting] = useState(false);
  const create = useMutation(
    api.library.create.mutationOptions({
      onSuccess: ({ slug }) => router.push(`/workflows/${slug}?tab=canvas`),
    }),
  );
  const steps = useQuery(api.library.firstSteps.queryOptions());
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (create.isPending || create.isSuccess) return;
    if (name.trim() === "") setMissing(true);
    else create.mutate({ name, description });
  };
  return (
    <div className="mx-auto w-full max-w-[560px] px-4 py-8 md:py-16">
      <nav aria-label="Where you are" className="mb-3 text-dense text-ink-2">
        <Link href="/workflows" className="hover:underline">
          Workflows
        </Link>
      </nav>
      <h1 className="mb-6 text-heading font-semibold">New Automation</h1>
      <Card className="p-6">
        <form onSubmit={submit} noValidate className="flex flex-col gap-5">
          {steps.data?.mayCreate === false && (
            <Notice tone="quiet">
              Your role may look at workflows, not make them. Ask a builder or an administrator.
            </Notice>
          )}
          {create.error && <Notice tone="failed">{create.error.message}</Notice>}
          <Field label="Name" error={missing ? "Give the automation a name, such as Refund desk." : null}>
            {(control) => (
              <Input
                {...control}
                // The one thing this page asks for.
                autoFocus
                value={name}
                maxLength={200}
                placeholder="Refund desk"
                onChange={(event) => {
                  setName(event.target.value);
                  setMissing(false);
                }}
              />
            )}
          </Field>
          <Field
            label="Description"
            optional
            hint="What starts it, what it does, who decides. The better this is described, the easier it is for others to find and to trust."
          >
            {(control) => (
              <Textarea
                {...control}
                rows={4}
                value={description}
                maxLength={2000}
                onChange={(event) => setDescription(event.target.value)}
              />
            )}
          </Field>
          <Button look="primary" type="submit" busy={create.isPending || create.isSuccess}>
            Continue
          </Button>
        </form>
      </Card>
      <p className="mt-8 mb-2 text-dense text-ink-2">Or begin with something that is there already</p>
      <div className="flex flex-wrap gap-2">
        <Link href="/workflows/templates" className={buttonClass()}>
          <LayoutTemplate size={16} aria-hidden /> Templates
        </Link>
        <Button icon={<FileUp size={16} aria-hidden />} onClick={() => setImporting(true)}>
          Import a file
        </Button>
      </div>
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
    </div>
  );
}
