import type { HoldpointInngest } from "@/inngest/client";
import { eventNames, type DigestDue } from "@/inngest/events";

/** Sends somebody one mail about all that waits for them. Asked twice, or about what is not wanted any more, it sends none. */
export function createSendDigestFunction(client: HoldpointInngest, send: (due: DigestDue) => Promise<boolean>) {
  return client.createFunction(
    {
      id: "send-digest",
      name: "Send people what waits for them in one mail",
      retries: 20,
      triggers: [{ event: eventNames.digestDue }],
    },
    async ({ event, step }) => {
      const due = event.data as DigestDue;
      return await step.run("send", async () => ({ done: await send(due) }));
    },
  );
}
