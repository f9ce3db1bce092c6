import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { standardKeymap } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { Annotation, EditorState, StateEffect, StateField, type Extension } from "@codemirror/state";
import {
  Decoration,
  EditorView,
  drawSelection,
  keymap,
  placeholder,
  tooltips,
  type DecorationSet,
} from "@codemirror/view";
import type { CodeFieldProps } from "./code-field";
import { completionSource } from "./code-completion";
import { codeLanguage, type CodeLanguage } from "./code-language";
import { codeTheme } from "./code-theme";
import type { PendingText } from "./pending-text";

/** Marks a change that came from the document and is not to be sent back to it. */
export const fromOutside = Annotation.define<boolean>();
export const markProblem = StateEffect.define<{ from: number; to: number } | null>();

/** What makes an editor a field: Tab leaves it, Enter in a single line does nothing, undo is the builder's. */
export function fieldBehaviour(
  latest: { readonly current: CodeFieldProps },
  pending: PendingText,
  { multiline, readOnly }: { multiline: boolean; readOnly: boolean },
): Extension {
  const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
  const walk = (which: "onUndo" | "onRedo") => () => {
    pending.handOver();
    latest.current[which]?.();
    return true;
  };
  return [
    keymap.of([
      { key: "Mod-z", run: walk("onUndo"), preventDefault: true },
      { key: "Mod-Shift-z", run: walk("onRedo"), preventDefault: true },
      { key: "Mod-y", run: walk("onRedo"), preventDefault: true },
      ...completionKeymap,
      ...closeBracketsKeymap,
      ...(multiline ? [] : [{ key: "Enter", run: () => true }]),
      ...standardKeymap,
    ]),
    tooltips({ position: "fixed", parent: document.body }),
    closeBrackets(),
    bracketMatching(),
    drawSelection(),
    problems,
    placeholder(latest.current.placeholder ?? ""),
    codeTheme,
    EditorView.lineWrapping,
    EditorState.readOnly.of(readOnly),
    EditorView.editable.of(!readOnly),
    multiline ? [] : EditorState.transactionFilter.of((change) => (change.newDoc.lines > 1 ? [] : change)),
    multiline ? [] : EditorView.clipboardInputFilter.of((text) => text.replaceAll(/\s*\n\s*/g, " ")),
    nonce === undefined || nonce === "" ? [] : EditorView.cspNonce.of(nonce),
    EditorView.updateListener.of((update) => {
      const outside = update.transactions.some((transaction) => transaction.annotation(fromOutside) === true);
      if (update.docChanged && !outside) pending.put(update.state.doc.toString());
      if (!update.focusChanged) return;
      if (update.view.hasFocus) latest.current.onFocus?.();
      else {
        pending.handOver();
        latest.current.onBlur?.();
      }
    }),
  ];
}

/** What hangs on the language; exchanged in place, so that typing `${` into an expression keeps the cursor. */
export function languageParts(latest: { readonly current: CodeFieldProps }, language: CodeLanguage): Extension {
  return [
    codeLanguage(language),
    autocompletion({
      override: [completionSource(language, () => latest.current.known())],
      icons: false,
      maxRenderedOptions: 60,
      interactionDelay: 0,
    }),
    EditorView.editorAttributes.of({ class: language === "template" ? "cm-prose" : "" }),
  ];
}

const problemMark = Decoration.mark({ class: "cm-problem" });

const problems = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(markProblem)) continue;
      const { length } = transaction.newDoc;
      const from = Math.min(effect.value?.from ?? 0, length);
      const to = Math.min(effect.value?.to ?? 0, length);
      next = to > from ? Decoration.set([problemMark.range(from, to)]) : Decoration.none;
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});
