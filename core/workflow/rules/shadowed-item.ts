import type { IndexedNode } from "@/core/workflow/spec-index";
import { called, eachNode, warningAt } from "./rule";

/** `shadowed_item`: a loop inside a loop that calls its items the same; in there the outer item cannot be read. */
export const shadowedItem = eachNode((indexed) => {
  const name = itemNameOf(indexed);
  for (let outer = indexed.scope.container; name !== null && outer !== null; outer = outer.scope.container) {
    if (itemNameOf(outer) !== name) continue;
    const message = `Inside ${called(indexed)}, ${name} is its own item, and that of ${called(outer)} cannot be read. Give one of the two loops another itemName.`;
    return [warningAt(indexed, "shadowed_item", "itemName", message)];
  }
  return [];
});

/** Null for what goes through no items. */
function itemNameOf({ definition, config }: IndexedNode): string | null {
  if (definition === null || config === undefined) return null;
  return definition.itemName?.(config) ?? null;
}
