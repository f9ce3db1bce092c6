import type { HoldpointInngest } from "@/inngest/client";
import { eventNames, type PeopleAsked } from "@/inngest/events";

/** Tells those who are asked that something waits for them. Asked twice, or about what is answered by now, it tells nobody. */
export function createTellPeopleFunction(client: HoldpointInngest, tell: (asked: PeopleAsked) => Promise<number>) {
  return client.createFunction(
    {
      id: "tell-people",
      name: "Tell people what waits for them",
      retries: 20,
      triggers: [{ event: eventNames.peopleAsked }],
    },
    async ({ event, step }) => {
      const asked = event.data as PeopleAsked;
      return await step.run("tell", async () => ({ told: await tell(asked) }));
    },
  );
}
