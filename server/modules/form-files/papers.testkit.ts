import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { AppError } from "@/core/errors";
import { readId } from "@/core/ids";
import type { JsonObject } from "@/core/json";
import type { UserActor } from "@/server/db/tenant";
import { env } from "@/server/env";
import { samples } from "@/server/modules/files/samples.testkit";
import { serveFile } from "@/server/modules/files/service";
import { createRunsScene, edge, type RunsScene } from "@/server/modules/runs/runs.testkit";
import { createCaller } from "@/server/routes/root";
import { serveRest } from "@/server/routes/serve-rest";
import { stepToken } from "@/server/step-token";

const file = { type: "object", "x-kind": "file" };
const schema = {
  type: "object",
  required: ["contract"],
  properties: {
    contract: { ...file, "x-accept": ["application/pdf"], "x-max-bytes": 2_000_000 },
    photos: { type: "array", items: { type: "string", format: "file" } },
    mark: { type: "string", "x-kind": "signature" },
    secret: file,
  },
};

/** A form for papers on a page of its own, and one that members answer. */
export async function createPapersScene() {
  const scene: RunsScene = await createRunsScene();
  await scene.publish("papers", {
    startNodeId: "ask",
    nodes: [
      { id: "ask", type: "collect_form", deliverTo: "page", schema, sensitive: ["secret"] },
      { id: "pay", type: "approval", assignTo: "role:owner" },
    ],
    edges: [edge("ask", "pay", "submitted")],
  });
  await scene.publish("team", {
    startNodeId: "ask",
    nodes: [{ id: "ask", type: "collect_form", assignTo: "role:owner", schema }],
    edges: [],
  });

  async function asked(slug = "papers"): Promise<{ runId: string; token: string; formId: string }> {
    return waitingIn(await scene.start(slug));
  }

  async function waitingIn(runId: string): Promise<{ runId: string; token: string; formId: string }> {
    await scene.reached(runId, "waiting_form");
    const inDatabase = readId("run", runId) ?? "";
    const { rows } = await scene.database.pool.query<{ id: string }>(
      "select id from waitpoints where run_id = $1 and status = 'open'",
      [inDatabase],
    );
    const token = stepToken(env().NEXTAUTH_SECRET, "form", { runId: inDatabase, key: "ask" });
    return { runId, token, formId: rows[0]?.id ?? "" };
  }

  async function post(path: string, body: BodyInit, headers: Record<string, string>) {
    const answer = await serveRest(
      new Request(`http://127.0.0.1:3000${path}`, { method: "POST", headers, body, duplex: "half" } as RequestInit),
    );
    const json = (await answer.json()) as JsonObject & { id: string; error?: { code: string; message: string } };
    return { status: answer.status, json };
  }

  const add = (
    token: string,
    question: string,
    bytes: Uint8Array,
    name = "a.pdf",
    headers: Record<string, string> = own,
  ) =>
    post(`/api/files/page?${new URLSearchParams({ question, name }).toString()}`, new Uint8Array(bytes), {
      ...headers,
      "holdpoint-link": token,
    });
  const added = async (token: string, question = "contract", bytes: Uint8Array = samples.pdf) => {
    const answer = await add(token, question, bytes);
    expect(answer, JSON.stringify(answer.json)).toMatchObject({ status: 200 });
    return answer.json.id;
  };
  const submit = (token: string, values: JsonObject, submissionId: string = randomUUID()) =>
    createCaller({ actor: null, requestId: "", method: "POST" }).runs.submitFormPage({
      token,
      values,
      submissionId,
    });
  const open = (actor: UserActor, id: string) => createCaller({ actor, requestId: "" }).files.open({ id });
  const states = async (ids: readonly string[]) =>
    (
      await scene.database.pool.query<{ state: string }>(
        "select state from files where id = any($1) order by array_position($1, id)",
        [ids],
      )
    ).rows.map(({ state }) => state);
  const problemsOf = (sent: Promise<unknown>) =>
    sent.then(
      (): string[] => [],
      (error: unknown) => detailsOf(error).map(({ path, message }) => `${path}: ${message}`),
    );
  const opened = async (url: string, headers: Record<string, string> = {}) => {
    const answer = await serveFile(url.split("/files/")[1] ?? "", new Headers(headers));
    return { answer, bytes: Buffer.from(await answer.arrayBuffer()) };
  };

  return { ...scene, asked, waitingIn, post, add, added, submit, open, states, problemsOf, opened };
}
export type PapersScene = Awaited<ReturnType<typeof createPapersScene>>;

export const own = { "sec-fetch-site": "same-origin" };

function detailsOf(error: unknown): readonly { path: string; message: string }[] {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof AppError ? cause.details : [];
}
