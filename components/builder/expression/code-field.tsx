"use client";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useEffect, useImperativeHandle, useRef, type Ref } from "react";
import type { Completion } from "@/core/workflow/completion";
import type { CodeLanguage } from "./code-language";
import { writtenPath } from "./code-place";
import { fieldBehaviour, fromOutside, languageParts, markProblem } from "./field-behaviour";
import { pendingText, type PendingText } from "./pending-text";

export interface CodeHandle {
  /** Puts a path where the cursor stands, with `${}` around it where text stands, and goes on there. */
  insertPath(path: string): void;
}

export interface CodeFieldProps {
  value: string;
  language: CodeLanguage;
  multiline: boolean;
  readOnly?: boolean;
  placeholder?: string;
  /** `id`, `aria-label`, `aria-labelledby`, … of the part that gets the focus. */
  attributes: Readonly<Record<string, string>>;
  problem: { from: number; to: number } | null;
  handle?: Ref<CodeHandle>;
  known: () => readonly Completion[];
  onChange: (text: string) => void;
  onFocus?: () => void;
  onBlur?: () => void;
  onUndo?: () => void;
  onRedo?: () => void;
}

/** A CodeMirror editor that behaves like a field. What is typed reaches `onChange` in the first pause, see `pendingText`. */
export function CodeField(props: CodeFieldProps) {
  const { value, language, multiline, readOnly = false, attributes, problem, handle } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  const parts = useRef({ attributes: new Compartment(), language: new Compartment() });
  const pending = useRef<PendingText | null>(null);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    if (!host.current) return;
    const text = pendingText((typed) => latest.current.onChange(typed));
    pending.current = text;
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: latest.current.value,
        // Data that is picked before anybody typed here goes to the end.
        selection: { anchor: latest.current.value.length },
        extensions: [
          fieldBehaviour(latest, text, { multiline, readOnly }),
          parts.current.language.of(languageParts(latest, latest.current.language)),
          parts.current.attributes.of(EditorView.contentAttributes.of(latest.current.attributes)),
        ],
      }),
    });
    view.current = made;
    return () => {
      text.handOver();
      view.current = null;
      made.destroy();
    };
  }, [multiline, readOnly]);

  useEffect(() => {
    view.current?.dispatch({ effects: parts.current.language.reconfigure(languageParts(latest, language)) });
  }, [language]);
  // Somebody else's edit, an undo, a reload: the document is right and the editor follows, unless it is ahead itself.
  useEffect(() => {
    const at = view.current;
    if (!at || pending.current?.waits() === true || at.state.doc.toString() === value) return;
    at.dispatch({ changes: { from: 0, to: at.state.doc.length, insert: value }, annotations: fromOutside.of(true) });
  }, [value]);
  const shown = JSON.stringify(attributes);
  useEffect(() => {
    const named = EditorView.contentAttributes.of(latest.current.attributes);
    view.current?.dispatch({ effects: parts.current.attributes.reconfigure(named) });
  }, [shown]);
  useEffect(() => {
    view.current?.dispatch({ effects: markProblem.of(problem) });
  }, [problem]);
  useImperativeHandle(handle, () => ({
    insertPath(path) {
      const at = view.current;
      if (!at) return;
      const { from, to } = at.state.selection.main;
      const insert = writtenPath(language, at.state.doc.toString(), from, path);
      at.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length } });
      at.focus();
    },
  }));

  return <div ref={host} className="min-w-0" />;
}
