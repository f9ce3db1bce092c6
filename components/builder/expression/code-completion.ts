import type { Completion as Option, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { Completion } from "@/core/workflow/completion";
import type { CodeLanguage } from "./code-language";
import { templatePlace, writtenPath } from "./code-place";
import { sampleWords } from "./sample-words";

/** Offers names, earlier outputs and functions where the cursor stands. */
export function completionSource(language: CodeLanguage, known: () => readonly Completion[]) {
  return (context: CompletionContext): CompletionResult | null => {
    const text = context.state.doc.toString();
    const inside = language === "expression" || templatePlace(text, context.pos).inside !== null;
    const word = context.matchBefore(inside ? /[A-Za-z_][\w.?[\]'"]*$/ : /\$\{?$/);
    if (!context.explicit && (word === null || word.from === word.to) && !context.matchBefore(/[{.]$/)) return null;
    if (!inside && word === null && !context.explicit) return null;
    const from = word?.from ?? context.pos;
    return {
      from,
      options: known().map((entry, position, all) => ({
        ...option(entry, inside ? entry.insert : writtenPath(language, text, from, entry.insert)),
        // They come nearest first; among equally good matches that order holds.
        boost: boosts[entry.kind] - position / (all.length + 1),
      })),
      ...(inside ? { validFor: /^[\w.?[\]'"]*$/ } : { filter: false }),
    };
  };
}

function option(entry: Completion, apply: string): Option {
  const detail = entry.sample === undefined ? entry.detail : sampleWords(entry.sample);
  return {
    label: entry.label,
    apply,
    detail,
    type: entry.kind,
    ...(entry.info === undefined ? {} : { info: () => explanation(entry) }),
  };
}

/** What the workflow's own data is called comes before what the language offers. */
const boosts: Readonly<Record<Completion["kind"], number>> = {
  item: 4,
  input: 3,
  step: 2,
  variable: 1,
  context: 0,
  function: -1,
};

function explanation(entry: Completion): Node {
  const box = document.createElement("div");
  const [sentence = "", ...examples] = (entry.info ?? "").split("\n");
  box.append(sentence);
  for (const example of examples) {
    const code = document.createElement("code");
    code.textContent = example;
    box.append(code);
  }
  return box;
}
