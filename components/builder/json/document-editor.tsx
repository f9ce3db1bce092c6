"use client";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { connectorCatalog } from "@/connectors/definitions";
import type { JsonObject } from "@/core/json";
import { stepDefinitions } from "@/steps/definitions";
import { editorExtensions } from "./editor-extensions";
import type { TextProblem } from "./json-problems";

interface DocumentEditorProps {
  /** Shown anew whenever it is another text than the one in the editor. */
  text: string;
  schema: JsonObject;
  readOnly: boolean;
  readProblems: (text: string) => readonly TextProblem[];
  onChange: (text: string) => void;
}

/** The whole workflow as JSON: completion, help and problems from the schema of workflows. */
export function DocumentEditor({ text, schema, readOnly, readProblems, onChange }: DocumentEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef({ readProblems, onChange });
  useEffect(() => {
    latest.current = { readProblems, onChange };
  });
  const first = useRef(text);
  useEffect(() => {
    if (!host.current) return;
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          editorExtensions({
            knowledge: { schema, definitions: stepDefinitions, actionIds: connectorCatalog.actionIds },
            readProblems: (written) => latest.current.readProblems(written),
            onChange: (written) => latest.current.onChange(written),
          }),
          EditorState.readOnly.of(readOnly),
          EditorView.contentAttributes.of({
            "aria-label": readOnly ? "Workflow as JSON, read-only" : "Workflow as JSON",
            spellcheck: "false",
            autocapitalize: "off",
            tabindex: "0",
          }),
        ],
      }),
    });
    view.current = editor;
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, [schema, readOnly]);
  useEffect(() => {
    first.current = text;
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === text) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
  }, [text]);
  return <div ref={host} className="h-full min-h-0 overflow-hidden" />;
}
