import { env } from "@/server/env";
import { createSandbox, sandboxToken, type Sandbox } from "./sandbox";
import { refuse, type SandboxService } from "./route";

declare global {
  // Routes may be loaded more than once in a process; the fake third parties have one memory.
  var holdpointSandbox: Sandbox | undefined;
}

/** Answers for the sandbox in demo mode; otherwise it does not exist. */
export async function answerSandbox(request: Request): Promise<Response> {
  const { HOLDPOINT_DEMO, NEXTAUTH_SECRET } = env();
  if (!HOLDPOINT_DEMO)
    return new Response(JSON.stringify(refuse(404, "There is nothing here.").body), {
      status: 404,
      headers: { "content-type": "application/json" },
    });
  globalThis.holdpointSandbox ??= createSandbox({ secret: NEXTAUTH_SECRET });
  return globalThis.holdpointSandbox.handle(request, new URL(request.url).pathname.replace(/^\/api\/sandbox/, ""));
}

/** Base URL and credentials of a demo connection, for the seed. */
export function demoConnection(service: SandboxService): { baseUrl: string; token: string } {
  const { HOLDPOINT_BASE_URL, NEXTAUTH_SECRET } = env();
  return { baseUrl: `${HOLDPOINT_BASE_URL}/api/sandbox/${service}`, token: sandboxToken(NEXTAUTH_SECRET, service) };
}
