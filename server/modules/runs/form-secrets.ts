import { asObject, type Json, type JsonObject } from "@/core/json";
import type { Mask } from "./sensitive";
import { coveredAt, maskedAt, partsOf, sideOf } from "./sensitive-paths";

/** The names of a form's fields that hold something sensitive, or a part that is. */
export function sensitiveFields(mask: Mask, nodeId: string, names: readonly string[]): string[] {
  const paths = [
    ...markedAnswers(mask, nodeId).map(partsOf),
    ...(mask.secrets.steps.get(nodeId)?.hidden ?? []).flatMap(({ path: [side, ...rest] }) =>
      side === "output" ? [rest] : [],
    ),
  ];
  return names.filter((name) => paths.some(([first = name]) => first === name));
}

/** What was answered, without what is sensitive. */
export function coveredAnswers(mask: Mask, nodeId: string, values: JsonObject): JsonObject {
  const traced = coveredAt(mask<Json>(values), "output", mask.secrets.steps.get(nodeId)?.hidden);
  return asObject(maskedAt(traced, markedAnswers(mask, nodeId)));
}

/** What the author calls sensitive among the answers of a form. */
function markedAnswers(mask: Mask, nodeId: string): string[] {
  return (mask.marked.get(nodeId) ?? []).filter((path) => sideOf(path) !== "input");
}
