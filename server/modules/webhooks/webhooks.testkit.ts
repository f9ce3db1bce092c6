import { rest } from "@/server/api/rest/client.testkit";
import { serveRest } from "@/server/routes/serve-rest";
import { hotPool } from "@/server/db/pools";

const transform = { startNodeId: "shape", nodes: [{ id: "shape", type: "transform", expression: 1 }], edges: [] };

/** Publishes a workflow with one webhook and gives its address. */
export async function publishHook(
  key: string,
  slug: string,
  trigger: Record<string, unknown> = {},
  spec: Record<string, unknown> = transform,
): Promise<string> {
  await rest(key, "POST", "/api/workflows", {
    slug,
    name: slug,
    spec,
    triggers: [{ id: "hook", type: "webhook", ...trigger }],
  });
  const { json } = await rest(key, "POST", `/api/workflows/${slug}/publish`);
  return String(json.data.workflow.triggers[0].url);
}

/** Calls a webhook as a service outside does. */
export async function post(url: string, body: string, headers: Record<string, string> = {}) {
  const request = { method: "POST", headers: { "content-type": "application/json", ...headers }, body };
  const response = await serveRest(new Request(url, request));
  return { status: response.status, json: await response.json(), headers: response.headers };
}

/** The same with any method and body; gives the answer as text. */
export async function callHook(
  url: string,
  {
    method = "POST",
    body,
    headers = {},
  }: { method?: string; body?: string | Uint8Array<ArrayBuffer> | FormData; headers?: Record<string, string> } = {},
) {
  const response = await serveRest(new Request(url, { method, headers, ...(body === undefined ? {} : { body }) }));
  return { status: response.status, text: await response.text(), headers: response.headers };
}

/** The input of a run, as it is stored. */
export async function inputOf(runId: string): Promise<unknown> {
  const { rows } = await hotPool().query<{ input: unknown }>("select input from runs where id = $1", [runId]);
  return rows[0]?.input;
}
