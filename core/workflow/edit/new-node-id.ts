import { nodeIdProblem } from "@/core/workflow/names";
import { isJsonObject } from "@/core/json-guard";
import type { EditableDocument } from "./operation";

/** An id made of a name or a type ("Manager approval" gives `manager_approval`), which no step of the document has. */
export function newNodeId(document: EditableDocument, base: string): string {
  return freeId(base, takenIds(document));
}

/** Every id in the document, bodies included, and every plain word that would mean a step if one were called so. */
export function takenIds({ spec }: EditableDocument): Set<string> {
  return takenBy(spec.nodes);
}

/** The same for some steps. */
export function takenBy(nodes: readonly unknown[]): Set<string> {
  const taken = new Set<string>();
  const open: unknown[] = [...nodes];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!isJsonObject(next) || typeof next["id"] !== "string") continue;
    taken.add(next["id"]);
    for (const [field, value] of Object.entries(next))
      if (typeof value === "string" && maySayStep(field)) taken.add(value);
    const { body } = next;
    if (isJsonObject(body) && Array.isArray(body["nodes"])) open.push(...body["nodes"]);
  }
  return taken;
}

/** Whether a plain word in a field of a step may be the id of another. */
export function maySayStep(field: string): boolean {
  return !ownWords.has(field);
}

const ownWords: ReadonlySet<string> = new Set(["id", "type", "name", "note", "result"]);

/** `<id>_…` is free too, for the steps that a new container brings along. */
export function freeId(base: string, taken: ReadonlySet<string>): string {
  const slug = slugOf(base);
  const inner = new Set([...taken].filter((id) => id.startsWith(slug)));
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? slug : `${slug}_${number}`;
    if (nodeIdProblem(id) === null && !inner.has(id) && !inner.has(innerId(id, "result"))) return id;
  }
}

/** The id of a step that a new container brings along. */
export function innerId(container: string, id: string): string {
  return `${container}_${id}`;
}

function slugOf(base: string): string {
  const words = base
    .normalize("NFKD")
    .replace(/[^\w\s-]/g, "")
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 40);
  if (words === "") return "step";
  return /^[a-z_]/.test(words) ? words : `step_${words}`;
}
