import { newId } from "@/core/ids";
import type { JsonObject } from "@/core/json";
import { retrying } from "@/inngest/embedded/retrying";
import { startTestRun, type TestWorkflow } from "@/inngest/runtime/runtime.testkit";
import type { RunStore } from "@/server/modules/runs/store";

export interface OpenWaitpoint {
  id: string;
  organizationId: string;
  kind: "approval" | "form";
}

/** How runs are started and questions answered. */
export interface WayIn {
  /** Starts a run and gives its id. Whoever hears nothing asks again, under the same key. */
  start(workflow: TestWorkflow): Promise<string>;
  /** An answer that gets lost is given again by whoever looks next. */
  answer(waitpoint: OpenWaitpoint): Promise<void>;
}

/** What a person says to an approval and to a form. */
export const formValues: JsonObject = { city: "Patan" };
const answers: Record<OpenWaitpoint["kind"], { outcome: string; resolution: JsonObject; action: string }> = {
  approval: { outcome: "approved", resolution: {}, action: "approval.approved" },
  form: { outcome: "submitted", resolution: { values: formValues }, action: "form.submitted" },
};

/** In this process: the web process is not what breaks. */
export function throughStore(store: RunStore): WayIn {
  return {
    async start(workflow) {
      const startKey = newId();
      return retrying(
        () => startTestRun({ store }, workflow, {}, startKey),
        () => false,
      );
    },
    async answer({ id, organizationId, kind }) {
      await store.resolve({
        id,
        org: organizationId,
        byId: null,
        byName: "Kim",
        via: "api",
        actor: {},
        audit: {},
        eventId: newId(),
        ...answers[kind],
      });
    },
  };
}
