import type { ExpressionScope } from "@/core/expression/scope";
import { parseTemplate } from "@/core/expression/template-syntax";
import { sampleValue } from "@/components/builder/expression/sample-values";
import { sampleWords } from "@/components/builder/expression/sample-words";

/** A template as it read in the last run; without a run, or without a value there, its data by name: `[email]`. */
export function previewText(template: string, scope: ExpressionScope | null): string {
  const parsed = parseTemplate(template);
  if (!parsed.ok) return template;
  return parsed.parts
    .map((part) => {
      if (part.kind === "text") return part.text;
      const found = scope === null ? null : sampleValue("expression", part.source, scope);
      return found?.ok === true && found.value !== null ? sampleWords(found.value, 120) : `[${nameOf(part.source)}]`;
    })
    .join("");
}

/** The last name of a path; of anything else the expression itself. */
function nameOf(source: string): string {
  const text = source.trim();
  return /^[\w.]+$/.test(text) ? (text.split(".").at(-1) ?? text) : text;
}
