"use client";
import { CircleAlert, CircleCheck, Copy, Download } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { toast } from "sonner";
import { documentJsonSchema } from "@/core/workflow/json-schema";
import { findIssues } from "@/components/builder/state/find-issues";
import { useBuilder, useBuilderStore } from "@/components/builder/state/use-builder";
import { downloadText } from "@/components/ui/download-text";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import { documentText } from "./document-text";
import { DocumentEditor } from "./document-editor";
import { readDocumentText } from "./json-problems";
import { firstProblemWords, problemCountWords } from "./problem-words";
import { keepUnapplied, unappliedText } from "./unapplied-text";

/** The canonical document as text: read, written, checked while typing, applied as one edit that can be undone. */
export function JsonWorkspace() {
  const store = useBuilderStore();
  const document = useBuilder((state) => state.document);
  const readOnly = useBuilder((state) => state.readOnly);
  const current = useMemo(() => documentText(document), [document]);
  const schema = useMemo(() => documentJsonSchema(stepDefinitions, triggerDefinitions), []);
  const [own, setOwn] = useState(() => unappliedText(store));
  const text = own?.text ?? current;
  useEffect(() => keepUnapplied(store, own), [store, own]);

  const read = (written: string) =>
    readDocumentText(written, {
      before: store.getState().document,
      definitions: stepDefinitions,
      triggerDefinitions,
      schema,
      check: findIssues,
    });
  const settled = useSettled(text);
  const reading = useMemo(
    () =>
      readDocumentText(settled, {
        before: document,
        definitions: stepDefinitions,
        triggerDefinitions,
        schema,
        check: findIssues,
      }),
    [settled, document, schema],
  );
  const overtaken = own !== null && own.base !== current;
  const apply = () => {
    if (own === null) return;
    const { document: next } = read(own.text);
    if (!next) return;
    store.getState().apply([{ op: "replace_document", document: next }], { say: "The JSON was applied" });
    setOwn(null);
    toast("Applied. Undo takes it back.");
  };
  const why = own === null ? "Nothing was changed." : reading.document ? null : "Correct the errors first.";
  return (
    <div className="flex h-[calc(100dvh-18.5rem)] min-h-96 flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <span role="status" className="inline-flex min-w-0 items-center gap-1.5 text-dense text-ink-2">
          {reading.problems.length === 0 ? (
            <CircleCheck size={15} aria-hidden className="text-completed" />
          ) : (
            <CircleAlert size={15} aria-hidden className={reading.document ? "" : "text-failed"} />
          )}
          {problemCountWords(reading.problems)}
          <span className="truncate">{firstProblemWords(settled, reading.problems)}</span>
        </span>
        <span className="flex-1" />
        <Button
          size="dense"
          icon={<Copy size={15} aria-hidden />}
          onClick={() => void navigator.clipboard.writeText(text).then(() => toast("Copied"))}
        >
          Copy
        </Button>
        <Button
          size="dense"
          icon={<Download size={15} aria-hidden />}
          onClick={() => downloadText(`${store.getState().slug}.json`, text)}
        >
          Download
        </Button>
        {!readOnly && (
          <>
            <Button size="dense" disabled={own === null} reason="Nothing was changed." onClick={() => setOwn(null)}>
              Reset
            </Button>
            <Button size="dense" look="primary" disabled={why !== null} reason={why} onClick={apply}>
              Apply
            </Button>
          </>
        )}
      </div>
      {overtaken && (
        <Notice tone="quiet">
          The workflow was changed since you began to write here. Apply replaces those changes; Reset shows them.
        </Notice>
      )}
      <div className="min-h-0 flex-1 overflow-hidden rounded-card border border-hairline bg-surface focus-within:outline-2 focus-within:outline-link">
        <DocumentEditor
          text={text}
          schema={schema}
          readOnly={readOnly}
          readProblems={(written) => read(written).problems}
          onChange={(written) =>
            setOwn((before) => (written === current ? null : { text: written, base: before?.base ?? current }))
          }
        />
      </div>
    </div>
  );
}

const pauseMs = 300;

/** The text once nobody has typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
