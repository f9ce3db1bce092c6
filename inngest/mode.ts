import { env } from "@/server/env";

/** Whether runs are driven in the worker process; any of Inngest's own variables hands them to a real server. */
export function isEmbedded(): boolean {
  const { INNGEST_BASE_URL, INNGEST_EVENT_KEY, INNGEST_DEV } = env();
  return INNGEST_BASE_URL === undefined && INNGEST_EVENT_KEY === undefined && INNGEST_DEV === undefined;
}
