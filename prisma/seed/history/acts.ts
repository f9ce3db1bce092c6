import type { JsonObject } from "@/core/json";
import type { RecordedWaitpoint } from "./memory-journal";

const actions: Readonly<Record<string, (outcome: string) => string>> = {
  approval: (outcome) => `approval.${outcome}`,
  form: () => "form.submitted",
  handoff: () => "handoff.resolved",
};

/** What a person's answer is called in the run's history and in the audit log. */
export function actionOf({ kind, outcome }: Pick<RecordedWaitpoint, "kind" | "outcome">): string {
  return actions[kind]?.(outcome ?? "") ?? `${kind}.resolved`;
}

/** A customer answers through a link; everybody else is signed in. */
export function actorOf({ by }: { by: { id: string | null; name: string } }): JsonObject {
  return by.id === null
    ? { type: "contact", id: "", name: by.name, via: "link" }
    : { type: "user", id: by.id, name: by.name, via: "ui" };
}

/** As hot_resolve writes it. */
export function resolvedData({ nodeId, id, resolution }: RecordedWaitpoint): JsonObject {
  const comment = resolution?.["comment"] ?? null;
  return { node_id: nodeId, waitpoint_id: id, ...(comment === null ? {} : { comment }) };
}
