"use client";
import { useMemo } from "react";
import type { ExpressionScope } from "@/core/expression/scope";
import { parseTemplate } from "@/core/expression/template-syntax";
import { sampleValue } from "./sample-values";
import { sampleWords } from "./sample-words";

/** "Last run: 42.6": what this would have given there. Nothing while no run is chosen, or when there is nothing to fill in. */
export function LiveValue({
  kind,
  source,
  scope,
}: {
  kind: "expression" | "template";
  source: string;
  scope: ExpressionScope | null;
}) {
  const result = useMemo(() => (scope === null ? null : sampleValue(kind, source, scope)), [kind, source, scope]);
  if (result === null || (kind === "template" && !hasData(source))) return null;
  return (
    <p className="truncate text-label text-ink-3" title={result.ok ? sampleWords(result.value, 2_000) : result.message}>
      Last run:{" "}
      {result.ok ? (
        <span className="figures text-ink-2">
          {result.value === null || result.value === "" ? "empty" : sampleWords(result.value, 160)}
        </span>
      ) : (
        "no value there"
      )}
    </p>
  );
}

function hasData(source: string): boolean {
  const template = parseTemplate(source);
  return template.ok && template.parts.some((part) => part.kind === "expression");
}
