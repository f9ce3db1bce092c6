import type { IndexedNode } from "@/core/workflow/spec-index";
import type { ExpressionSite } from "@/core/workflow/step-definition";
import { parseTemplate } from "@/core/expression/template-syntax";
import { isJsonObject } from "@/core/json-guard";

/** One expression of a node, wherever it stands. */
export interface FoundExpression {
  site: ExpressionSite;
  path: string;
  /** CEL text or a JSON-logic object. */
  source: unknown;
}

/** A template that cannot be read at all. */
export interface BrokenTemplate {
  path: string;
  message: string;
}

/** All expression sites of a node: those of its type and those every node has. */
export function expressionSites({ node, definition, config }: IndexedNode): ExpressionSite[] {
  const own =
    definition === null || config === undefined
      ? []
      : definition.expressionSites(config).filter(({ value }) => value !== undefined);
  return node.result === undefined
    ? own
    : [...own, { path: "result", kind: "template", value: node.result, extraNames: ["output"] }];
}

/** The expressions in a site, with the exact place of each. */
export function findExpressions(site: ExpressionSite): { found: FoundExpression[]; broken: BrokenTemplate[] } {
  if (site.kind === "expression") return { found: [{ site, path: site.path, source: site.value }], broken: [] };
  const found: FoundExpression[] = [];
  const broken: BrokenTemplate[] = [];
  collect(site.value, site.path);
  return { found, broken };

  function collect(value: unknown, path: string): void {
    if (typeof value === "string") {
      const template = parseTemplate(value);
      if (!template.ok) broken.push({ path, message: template.message });
      else
        for (const part of template.parts)
          if (part.kind === "expression") found.push({ site, path, source: part.source });
    } else if (Array.isArray(value)) value.forEach((item, index) => collect(item, `${path}[${index}]`));
    else if (isJsonObject(value)) for (const [key, item] of Object.entries(value)) collect(item, `${path}.${key}`);
  }
}
