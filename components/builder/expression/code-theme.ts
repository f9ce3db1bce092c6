import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import type { Extension } from "@codemirror/state";
import { tags } from "@lezer/highlight";

const mono = 'ui-monospace, "SFMono-Regular", "JetBrains Mono", Menlo, Consolas, "Liberation Mono", monospace';

/** Ink on paper: weight and one link colour tell parts apart, since status and type colours mean something else. */
const highlight = HighlightStyle.define([
  { tag: [tags.keyword, tags.bool, tags.null], fontWeight: "600" },
  { tag: [tags.function(tags.variableName)], color: "var(--link)" },
  { tag: [tags.string], color: "var(--ink-2)" },
  { tag: [tags.operator, tags.punctuation, tags.bracket, tags.separator], color: "var(--ink-3)" },
  { tag: [tags.processingInstruction], color: "var(--link)", fontWeight: "600" },
  { tag: [tags.propertyName], color: "var(--ink)" },
  { tag: [tags.invalid], color: "var(--failed)" },
]);

const look = EditorView.theme({
  "&": { fontSize: "13px", color: "var(--ink)", backgroundColor: "transparent" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: mono, lineHeight: "20px", overflowX: "auto" },
  "&.cm-prose .cm-scroller": { fontFamily: "inherit", fontSize: "14px" },
  ".cm-content": { padding: "7px 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 10px" },
  ".cm-placeholder": { color: "var(--ink-3)" },
  ".cm-slot": {
    fontFamily: mono,
    fontSize: "13px",
    backgroundColor: "var(--sunken)",
    borderRadius: "4px",
    padding: "1px 2px",
  },
  ".cm-problem": { textDecoration: "underline wavy var(--failed) 1px", textUnderlineOffset: "3px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, ::selection": {
    backgroundColor: "var(--running-tint)",
  },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-matchingBracket": { backgroundColor: "var(--sunken)", outline: "1px solid var(--hairline)" },
  ".cm-tooltip": {
    zIndex: "60",
    backgroundColor: "var(--surface)",
    color: "var(--ink)",
    border: "1px solid var(--hairline)",
    borderRadius: "6px",
    overflow: "hidden",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: mono, fontSize: "12px", maxHeight: "240px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    padding: "4px 10px",
    lineHeight: "18px",
    display: "flex",
    gap: "12px",
    justifyContent: "space-between",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--sunken)",
    color: "var(--ink)",
  },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "600" },
  ".cm-completionDetail": {
    color: "var(--ink-3)",
    fontStyle: "normal",
    maxWidth: "180px",
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
  },
  ".cm-tooltip.cm-completionInfo": { padding: "8px 10px", fontSize: "12px", lineHeight: "16px", maxWidth: "280px" },
  ".cm-completionInfo code": { fontFamily: mono, display: "block", marginTop: "4px", color: "var(--ink-2)" },
});

export const codeTheme: Extension = [look, syntaxHighlighting(highlight)];
