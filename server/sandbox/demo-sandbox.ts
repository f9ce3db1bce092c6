import { AppError } from "@/core/errors";
import { actorFromApiKey } from "@/server/auth/api-key";
import { isDemoOrganization } from "@/server/auth/demo-organizations";
import { env } from "@/server/env";
import { processWide } from "@/server/process-wide";
import { callsPath, createSandbox, sandboxToken, type Sandbox } from "./sandbox";
import { refuse, type SandboxService } from "./route";

/** The fake third parties have one memory. */
const sandbox = processWide<Sandbox>("sandbox");

/** Answers for the sandbox in demo mode; otherwise it does not exist. */
export async function answerSandbox(request: Request): Promise<Response> {
  const { HOLDPOINT_DEMO, NEXTAUTH_SECRET } = env();
  if (!HOLDPOINT_DEMO) return refused(404, "There is nothing here.");
  const path = new URL(request.url).pathname.replace(/^\/api\/sandbox/, "");
  if (path === callsPath && !(await isDemoReader(request.headers.get("authorization") ?? "")))
    return refused(401, "The list of calls needs an API key of the demo organization that may read runs.");
  sandbox.value ??= createSandbox({ secret: NEXTAUTH_SECRET });
  return sandbox.value.handle(request, path);
}

/** The list names runs of everybody who used the sandbox. */
async function isDemoReader(authorization: string): Promise<boolean> {
  const actor = await actorFromApiKey(authorization).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  return actor !== null && actor.scopes.has("runs:read:all") && (await isDemoOrganization(actor.organizationId));
}

function refused(status: number, message: string): Response {
  const { body } = refuse(status, message);
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
}

/** Base URL and credentials of a demo connection, for the seed. */
export function demoConnection(service: SandboxService): { baseUrl: string; token: string } {
  const { HOLDPOINT_BASE_URL, NEXTAUTH_SECRET } = env();
  return { baseUrl: `${HOLDPOINT_BASE_URL}/api/sandbox/${service}`, token: sandboxToken(NEXTAUTH_SECRET, service) };
}
