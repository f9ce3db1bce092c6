"use client";
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { standardKeymap } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { Annotation, Compartment, EditorState, StateEffect, StateField, type Extension } from "@codemirror/state";
import { Decoration, EditorView, drawSelection, keymap, placeholder, tooltips, type DecorationSet } from "@codemirror/view";
import { useEffect, useImperativeHandle, useRef, type Ref } from "react";
import type { Completion } from "./known-names";
import { completionSource } from "./code-completion";
import { codeLanguage, type CodeLanguage } from "./code-language";
import { writtenPath } from "./code-place";
import { codeTheme } from "./code-theme";

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

/** A CodeMirror editor that behaves like a field: Tab leaves it, Enter in a single line does nothing, undo is the builder's. */
export function CodeField(props: CodeFieldProps) {
  const { value, language, multiline, readOnly = false, attributes, problem, handle } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  const parts = useRef({ attributes: new Compartment(), hint: new Compartment() });
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    if (!host.current) return;
    const { attributes: slot, hint } = parts.current;
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          behaviour(latest, { language, multiline, readOnly }),
          slot.of(EditorView.contentAttributes.of(latest.current.attributes)),
          hint.of(placeholder(latest.current.placeholder ?? "")),
        ],
      }),
    });
    view.current = made;
    return () => {
      view.current = null;
      made.destroy();
    };
  }, [language, multiline, readOnly]);

  // Somebody else's edit, an undo, a reload: the document is right and the editor follows.
  useEffect(() => {
    const at = view.current;
    if (!at || at.state.doc.toString() === value) return;
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

const fromOutside = Annotation.define<boolean>();
const markProblem = StateEffect.define<{ from: number; to: number } | null>();
const problemMark = Decoration.mark({ class: "cm-problem" });

const problems = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(markProblem)) continue;
      const length = transaction.newDoc.length;
      const range = effect.value && { from: Math.min(effect.value.from, length), to: Math.min(effect.value.to, length) };
      next = range && range.to > range.from ? Decoration.set([problemMark.range(range.from, range.to)]) : Decoration.none;
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function behaviour(
  latest: { current: CodeFieldProps },
  { language, multiline, readOnly }: { language: CodeLanguage; multiline: boolean; readOnly: boolean },
): Extension {
  const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
  return [
    keymap.of([
      { key: "Mod-z", run: () => (latest.current.onUndo?.(), true), preventDefault: true },
      { key: "Mod-Shift-z", run: () => (latest.current.onRedo?.(), true), preventDefault: true },
      { key: "Mod-y", run: () => (latest.current.onRedo?.(), true), preventDefault: true },
      ...completionKeymap,
      ...closeBracketsKeymap,
      ...(multiline ? [] : [{ key: "Enter", run: () => true }]),
      ...standardKeymap,
    ]),
    autocompletion({
      override: [completionSource(language, () => latest.current.known())],
      icons: false,
      maxRenderedOptions: 60,
      interactionDelay: 0,
    }),
    tooltips({ position: "fixed", parent: document.body }),
    closeBrackets(),
    bracketMatching(),
    drawSelection(),
    problems,
    codeLanguage(language),
    codeTheme,
    EditorView.lineWrapping,
    EditorState.readOnly.of(readOnly),
    EditorView.editable.of(!readOnly),
    EditorView.editorAttributes.of({ class: language === "template" ? "cm-prose" : "" }),
    multiline ? [] : EditorState.transactionFilter.of((change) => (change.newDoc.lines > 1 ? [] : change)),
    multiline ? [] : EditorView.clipboardInputFilter.of((text) => text.replaceAll(/\s*\n\s*/g, " ")),
    nonce === undefined || nonce === "" ? [] : EditorView.cspNonce.of(nonce),
    EditorView.updateListener.of((update) => {
      const outside = update.transactions.some((transaction) => transaction.annotation(fromOutside) === true);
      if (update.docChanged && !outside) latest.current.onChange(update.state.doc.toString());
      if (!update.focusChanged) return;
      if (update.view.hasFocus) latest.current.onFocus?.();
      else latest.current.onBlur?.();
    }),
  ];
}
