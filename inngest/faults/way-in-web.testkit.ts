import type { Pool } from "pg";
import { z } from "zod";
import { hashToken } from "@/server/digest";
import { newId, readId } from "@/core/ids";
import { eventually, type TestWorkflow } from "@/inngest/runtime/runtime.testkit";
import { keyHint, newKeyToken } from "@/server/auth/key-token";
import { startLimitMs } from "./children.testkit";
import { formValues, type WayIn } from "./way-in.testkit";
import type { WebProcesses } from "./web.testkit";

export interface WayThroughWeb extends WayIn {
  /** Requests whose process died before it answered. */
  lost: { starts: number; answers: number };
  /** Resolves when `count` starts have been answered in all. */
  reaches(count: number): Promise<void>;
}

/** Over HTTP with an API key, spread over the web processes that there are, as behind a balancer. */
export async function throughWeb(pool: Pool, webs: WebProcesses, user: TestWorkflow): Promise<WayThroughWeb> {
  const apiKey = await insertApiKey(pool, user);
  const lost = { starts: 0, answers: 0 };
  let started = 0;
  let turn = 0;
  let waiting: { count: number; resolve(): void }[] = [];

  /** null: the process died. */
  async function post(path: string, body: object, headers: Record<string, string> = {}): Promise<Response | null> {
    const addresses = await eventually(
      () => Promise.resolve(webs.addresses()),
      ({ length }) => length > 0,
      startLimitMs,
    );
    turn += 1;
    const response = await fetch(`${addresses[turn % addresses.length] ?? ""}${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    }).catch(() => null);
    // Also when it dies in the middle of its answer.
    const text = await response?.text().catch(() => null);
    return response === null || text === null ? null : new Response(text, { status: response.status });
  }

  async function start({ workflowId }: TestWorkflow): Promise<string> {
    const key = newId();
    for (;;) {
      const response = await post("/api/v1/runs", { template_id: workflowId, input: {} }, { "idempotency-key": key });
      if (response === null) lost.starts += 1;
      else if (response.status === 201) {
        const id = readId("run", startedSchema.parse(await response.json()).id);
        if (id === null) throw new Error("A start was answered without a run.");
        return id;
      } else if (response.status !== 409) throw new Error(`A start was refused: ${await response.text()}`);
    }
  }

  return {
    lost,
    reaches: (count) =>
      started >= count ? Promise.resolve() : new Promise((resolve) => waiting.push({ count, resolve })),
    async start(workflow) {
      const id = await start(workflow);
      started += 1;
      waiting = waiting.filter(({ count, resolve }) => started < count || (resolve(), false));
      return id;
    },
    async answer({ id, kind }) {
      const response =
        kind === "approval"
          ? await post(`/api/v1/approvals/${id}/approve`, {})
          : await post(`/api/v1/forms/${id}/submit`, { values: formValues });
      if (response === null) lost.answers += 1;
      // 409: an answer that was lost had arrived.
      else if (!response.ok && response.status !== 409)
        throw new Error(`The answer to the ${kind} was refused: ${await response.text()}`);
    },
  };
}

const startedSchema = z.object({ id: z.string() });

async function insertApiKey(pool: Pool, { organizationId, ownerId }: TestWorkflow): Promise<string> {
  const key = newKeyToken();
  await pool.query(
    `insert into api_keys (id, organization_id, user_id, name, key_hash, hint, scopes)
     values ($1, $2, $3, 'Faults', $4, $5, '{runs:start,approvals:decide,forms:submit}')`,
    [newId(), organizationId, ownerId, hashToken(key), keyHint(key)],
  );
  return key;
}

/** As if a minute had gone by: whoever died over a request is no longer taken to be at work on it. */
export async function forgetDeadRequests(pool: Pool): Promise<void> {
  await pool.query("update idempotency_keys set created_at = created_at - interval '1 minute' where status is null");
}
