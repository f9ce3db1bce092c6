import { readId, shortId } from "@/core/ids";

/** `run_8f3a`: what people call a run on lists. */
export function runName(id: string): string {
  return shortId("run", readId("run", id) ?? id);
}
