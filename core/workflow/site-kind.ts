/**
 * Some fields take both a bare expression and a template (`items`, a transform's `expression`): text with `${` is a
 * template, other text is an expression, and anything that is not text is filled in structurally.
 */
export function siteKind(value: unknown): "expression" | "template" {
  return typeof value === "string" && !value.includes("${") ? "expression" : "template";
}
