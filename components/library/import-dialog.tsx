"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { clsx } from "clsx";
import { FileUp } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useId, useState } from "react";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Textarea } from "@/components/ui/textarea";
import { ImportReport } from "./import-report";

const largestFile = 2_500_000;
/** Of typing, before the text is read. */
const pauseMs = 300;

/** Takes a file or a pasted text, says what it understood and what is wrong where, and then makes the workflow. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const api = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [text, setText] = useState("");
  const [fileProblem, setFileProblem] = useState<string | null>(null);
  const read = useMutation(api.library.readImport.mutationOptions());
  const make = useMutation(
    api.library.importDocument.mutationOptions({
      onSuccess: ({ slug }) => {
        void queryClient.invalidateQueries();
        router.push(`/workflows/${slug}?tab=canvas`);
      },
    }),
  );
  const take = (next: string) => {
    setText(next);
    setFileProblem(null);
    make.reset();
    read.reset();
  };
  const { mutate: readText } = read;
  useEffect(() => {
    if (text.trim() === "") return;
    const timer = setTimeout(() => readText({ text }), pauseMs);
    return () => clearTimeout(timer);
  }, [text, readText]);
  const takeFile = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > largestFile) setFileProblem("This file is larger than 2.5 MB. A workflow has at most 2 MB.");
    else take(await file.text());
  };
  const reading = read.data ?? null;
  const problem = fileProblem ?? read.error?.message ?? make.error?.message ?? null;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Import a workflow"
      description="A JSON file of a workflow, in any of the spellings Holdpoint reads."
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button
            look="primary"
            busy={make.isPending || make.isSuccess}
            disabled={reading?.readable !== true || read.isPending}
            reason={reading === null ? "Choose a file or paste its text first." : "Correct the errors first."}
            onClick={() => make.mutate({ text })}
          >
            Import
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <FileDrop onFile={(file) => void takeFile(file)} />
        <Field label="Or paste the text">
          {(control) => (
            <Textarea
              {...control}
              rows={6}
              spellCheck={false}
              value={text}
              onChange={(event) => take(event.target.value)}
              className="font-mono text-dense"
            />
          )}
        </Field>
        {problem !== null && <Notice tone="failed">{problem}</Notice>}
        <div aria-live="polite">
          {reading ? (
            <ImportReport reading={reading} />
          ) : (
            text.trim() !== "" && problem === null && <p className="text-dense text-ink-2">Reading…</p>
          )}
        </div>
      </div>
    </Dialog>
  );
}

function FileDrop({ onFile }: { onFile: (file: File | undefined) => void }) {
  const id = useId();
  const [over, setOver] = useState(false);
  return (
    <label
      htmlFor={id}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFile(event.dataTransfer.files[0]);
      }}
      className={clsx(
        "flex cursor-pointer flex-col items-center gap-1 rounded-card border border-dashed px-4 py-6 text-center focus-within:outline-2 focus-within:outline-link",
        over ? "border-ink bg-sunken" : "border-control hover:bg-sunken",
      )}
    >
      <FileUp size={20} aria-hidden className="text-ink-2" />
      <span className="font-medium">Choose a file, or drop it here</span>
      <input
        id={id}
        type="file"
        accept=".json,application/json"
        className="sr-only"
        onChange={(event) => {
          onFile(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
    </label>
  );
}
