import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  snippet,
  type CompletionSource,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from "@codemirror/language";
import { lintGutter, lintKeymap, linter } from "@codemirror/lint";
import type { Extension } from "@codemirror/state";
import { EditorView, highlightActiveLine, hoverTooltip, keymap, lineNumbers } from "@codemirror/view";
import { codeTheme } from "@/components/builder/expression/code-theme";
import { completeJson, type CompletionKnowledge } from "./json-completion";
import { docsAt } from "./json-hover";
import type { TextProblem } from "./json-problems";

interface EditorOptions {
  knowledge: CompletionKnowledge;
  readProblems: (text: string) => readonly TextProblem[];
  onChange: (text: string) => void;
}

/** Checking waits for a pause in the typing, ms. */
const pauseMs = 300;

/** A JSON editor that knows the schema. Tab leaves it, as everywhere. */
export function editorExtensions({ knowledge, readProblems, onChange }: EditorOptions): Extension[] {
  return [
    lineNumbers(),
    foldGutter(),
    history(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    json(),
    EditorView.lineWrapping,
    autocompletion({ override: [completionSource(knowledge)], maxRenderedOptions: 100, icons: false }),
    linter(
      ({ state }) =>
        readProblems(state.doc.toString()).map((problem) => ({
          ...problem,
          to: Math.min(Math.max(problem.to, problem.from), state.doc.length),
          from: Math.min(problem.from, state.doc.length),
        })),
      { delay: pauseMs },
    ),
    lintGutter(),
    hoverDocs(knowledge),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...lintKeymap,
    ]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onChange(update.state.doc.toString());
    }),
    codeTheme,
    look,
  ];
}

function completionSource(knowledge: CompletionKnowledge): CompletionSource {
  return (context) => {
    const { state, pos, explicit } = context;
    // Between brackets nothing is offered unasked; in a name or text that was begun, it is.
    if (!explicit && context.matchBefore(/["\w.]+$/) === null) return null;
    const found = completeJson(state.doc.toString(), pos, knowledge);
    if (!found) return null;
    const opened = state.doc.sliceString(found.from, found.from + 1) === '"';
    return {
      from: found.from,
      to: found.to,
      filter: true,
      options: found.options.map(({ label, insert, kind, detail, info, required }) => ({
        // What was typed begins with the quotation mark.
        label: opened ? JSON.stringify(label) : label,
        displayLabel: label,
        detail,
        type: kind,
        ...(info === null ? {} : { info }),
        boost: required ? 1 : 0,
        apply: snippet(insert),
      })),
    };
  };
}

function hoverDocs({ schema }: CompletionKnowledge): Extension {
  return hoverTooltip((view, pos) => {
    const docs = docsAt(view.state.doc.toString(), pos, schema);
    if (!docs) return null;
    return {
      pos: docs.from,
      end: docs.to,
      above: true,
      create: () => {
        const dom = document.createElement("div");
        dom.className = "cm-field-docs";
        const head = dom.appendChild(document.createElement("p"));
        head.textContent = docs.type === "" ? docs.name : `${docs.name}: ${docs.type}`;
        head.className = "cm-field-name";
        if (docs.description !== null) dom.appendChild(document.createElement("p")).textContent = docs.description;
        return { dom };
      },
    };
  });
}

const look = EditorView.theme({
  "&": { height: "100%" },
  ".cm-gutters": { backgroundColor: "var(--sunken)", color: "var(--ink-3)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--sunken) 60%, transparent)" },
  ".cm-foldPlaceholder": {
    backgroundColor: "var(--sunken)",
    border: "1px solid var(--hairline)",
    color: "var(--ink-2)",
  },
  ".cm-diagnostic": { padding: "6px 10px", fontSize: "12px", borderLeft: "3px solid var(--control)" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--failed)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--failed) 1px" },
  ".cm-lintRange-warning": { backgroundImage: "none", textDecoration: "underline wavy var(--ink-3) 1px" },
  ".cm-field-docs": { padding: "8px 10px", maxWidth: "360px", fontSize: "12px", lineHeight: "16px" },
  ".cm-field-name": { fontWeight: "600", marginBottom: "2px" },
});
