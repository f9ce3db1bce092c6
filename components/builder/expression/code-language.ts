import { json } from "@codemirror/lang-json";
import { StreamLanguage, type StringStream } from "@codemirror/language";
import { RangeSetBuilder, type Extension } from "@codemirror/state";
import { Decoration, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from "@codemirror/view";
import { parseTemplate } from "@/core/expression/template-syntax";

export type CodeLanguage = "expression" | "template" | "json";

/** How a text is coloured. */
export function codeLanguage(language: CodeLanguage): Extension {
  return { expression: [expressionLanguage], template: [templateLanguage, slots], json: [json()] }[language];
}

const expressionLanguage = StreamLanguage.define<null>({
  name: "expression",
  startState: () => null,
  token: (stream) => expressionToken(stream),
});

interface TemplateState {
  /** Braces open inside `${`; 0 = outside. */
  depth: number;
}

const templateLanguage = StreamLanguage.define<TemplateState>({
  name: "template",
  startState: () => ({ depth: 0 }),
  token(stream, state) {
    if (state.depth === 0) return outsideToken(stream, state);
    if (stream.eat("{")) state.depth += 1;
    else if (stream.eat("}")) {
      state.depth -= 1;
      if (state.depth === 0) return "processingInstruction";
    } else return expressionToken(stream);
    return "punctuation";
  },
});

function outsideToken(stream: StringStream, state: TemplateState): string | null {
  if (stream.match("$${")) return null;
  if (stream.match("${")) {
    state.depth = 1;
    return "processingInstruction";
  }
  stream.next();
  stream.eatWhile((character) => character !== "$");
  return null;
}

function expressionToken(stream: StringStream): string | null {
  if (stream.eatSpace()) return null;
  if (stream.match(/^(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)/)) return "string";
  if (stream.match(/^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/)) return "number";
  if (stream.match(/^(?:true|false|null|in)\b/)) return "keyword";
  if (stream.match(/^[A-Za-z_]\w*(?=\s*\()/)) return "variableName.function";
  if (stream.match(/^[A-Za-z_]\w*/)) return "variableName";
  if (stream.match(/^(?:&&|\|\||[=!<>]=|[-+*/%<>!?:.])/)) return "operator";
  stream.next();
  return "punctuation";
}

/** A quiet ground under each `${…}`, so that data stands out of the sentence. */
const slots = ViewPlugin.define(
  (view) => ({
    decorations: slotsOf(view),
    update(update: ViewUpdate) {
      if (update.docChanged) this.decorations = slotsOf(update.view);
    },
  }),
  { decorations: (plugin: { decorations: DecorationSet }) => plugin.decorations },
);

const slot = Decoration.mark({ class: "cm-slot" });

function slotsOf(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const template = parseTemplate(view.state.doc.toString());
  for (const part of template.ok ? template.parts : [])
    if (part.kind === "expression") builder.add(part.at, part.at + part.source.length + 3, slot);
  return builder.finish();
}
