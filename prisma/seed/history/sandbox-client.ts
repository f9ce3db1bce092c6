import type { Json } from "@/core/json";
import type { HttpClient } from "@/server/integrations/http/http-client";
import type { Sandbox } from "@/server/sandbox/sandbox";
import type { SimulatedClock } from "./clock";

/** Calls the sandbox in this process, on the simulation's time: during the seed no server is listening yet. */
export function createSandboxClient(sandbox: Sandbox, clock: SimulatedClock, random: () => number): HttpClient {
  return {
    async send({ method, url, headers, body }) {
      const durationMs = 60 + Math.floor(random() * 420);
      const request = new Request(url, {
        method,
        ...(headers ? { headers } : {}),
        ...(body === undefined ? {} : { body }),
      });
      const response = await sandbox.handle(request, new URL(url).pathname.replace(/^\/api\/sandbox/, ""));
      clock.advance(durationMs);
      // The sandbox answers in JSON only.
      return {
        response: {
          status: response.status,
          headers: Object.fromEntries(response.headers),
          body: (await response.json()) as Json,
          durationMs,
        },
      };
    },
    close: () => Promise.resolve(),
  };
}
