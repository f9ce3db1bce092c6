import type { Trigger } from "@/core/workflow/document";

/** `schedule`, `schedule_2`, … */
export function newTriggerId(type: string, triggers: readonly Trigger[]): string {
  const used = new Set(triggers.map(({ id }) => id));
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? type : `${type}_${number}`;
    if (!used.has(id)) return id;
  }
}
