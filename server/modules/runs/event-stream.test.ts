import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "@/inngest/runtime/runtime.testkit";
import { answerRest } from "@/server/web/rest-bridge";
import { createRunsScene, edge, effect, type RunsScene } from "./runs.testkit";

let scene: RunsScene;
let server: Server;
let base: string;

beforeAll(async () => {
  scene = await createRunsScene();
  await scene.publish("gate", {
    startNodeId: "ask",
    nodes: [{ id: "ask", type: "approval", assignTo: "role:owner" }, effect("act")],
    edges: [edge("ask", "act", "approved")],
  });
  server = createServer((request, response) => void answerRest(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await scene.close();
});

interface Frame {
  id: number;
  event: string;
  data: { seq: number; type: string };
}

/** A reader over the wire: frames as they arrive. */
async function open(
  id: string,
  headers: Record<string, string> = {},
  { key = scene.north.members.owner.apiKey, query = "" } = {},
) {
  const gone = new AbortController();
  const response = await fetch(`${base}/api/v1/workflows/${id}/events${query}`, {
    headers: { accept: "text/event-stream", authorization: `Bearer ${key}`, ...headers },
    signal: gone.signal,
  });
  const frames: Frame[] = [];
  const state = { isOver: false };
  const reading = (async () => {
    let text = "";
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks.filter((each) => each.startsWith("id: "))) frames.push(parse(block));
    }
  })().then(
    () => {
      state.isOver = true;
    },
    () => undefined,
  );
  return {
    response,
    frames,
    state,
    reading,
    close: () => {
      gone.abort();
    },
  };
}

function parse(block: string): Frame {
  const [id = "", event = "", data = ""] = block.split("\n").map((line) => line.slice(line.indexOf(": ") + 2));
  return { id: Number(id), event, data: JSON.parse(data) as Frame["data"] };
}

async function approve(id: string): Promise<void> {
  const { json } = await scene.call("GET", `/api/v1/workflows/${id}`);
  await scene.call("POST", `/api/v1/approvals/${json.approvals[0].id}/approve`);
}

const until = async (frames: Frame[], type: string): Promise<void> => {
  await eventually(
    () => Promise.resolve(frames.map(({ event }) => event)),
    (types) => types.includes(type),
  );
};

describe("A-1 B-17 the live stream of a run", () => {
  it("gives what happened, then what happens, and ends with the run", async () => {
    const id = await scene.start("gate");
    const stream = await open(id);
    expect(stream.response.headers.get("content-type")).toContain("text/event-stream");
    await until(stream.frames, "approval.requested");
    expect(stream.state.isOver).toBe(false);
    await approve(id);
    await stream.reading;
    expect(stream.state.isOver).toBe(true);
    const { events } = (await scene.call("GET", `/api/v1/workflows/${id}/events?limit=200`)).json;
    expect(stream.frames.map(({ data }) => data)).toEqual(events);
    expect(stream.frames.map((frame) => [frame.id, frame.event])).toEqual(
      events.map(({ seq, type }: Frame["data"]) => [seq, type]),
    );
    expect(stream.frames.at(-1)?.event).toBe("run.completed");
  });

  it("goes on after the last event that a reader had, and sends a reader of an ended run away for good", async () => {
    const id = await scene.start("gate");
    await scene.reached(id, "waiting_approval");
    const first = await open(id);
    await until(first.frames, "approval.requested");
    first.close();
    await first.reading;
    await approve(id);
    await scene.reached(id, "completed");
    const had = first.frames.at(-1)?.id ?? 0;
    const second = await open(id, { "last-event-id": String(had) });
    await second.reading;
    expect(second.frames[0]?.id).toBe(had + 1);
    expect(second.frames.at(-1)?.event).toBe("run.completed");
    const third = await open(id, { "last-event-id": String(second.frames.at(-1)?.id) });
    expect(third.response.status).toBe(204);
    const last = String(second.frames.at(-1)?.id);
    const byQuery = await open(id, {}, { query: `?after=${last}` });
    expect(byQuery.response.status).toBe(204);
  });

  it("ends when the key that opened it is taken back", async () => {
    const made = await scene.call("POST", "/api/v1/api-keys", {
      name: "Follower",
      scopes: ["runs:read", "runs:read:all"],
    });
    expect(made.status).toBe(201);
    const id = await scene.start("gate");
    const stream = await open(id, {}, { key: made.json.key });
    await until(stream.frames, "run.created");
    await scene.call("DELETE", `/api/v1/api-keys/${made.json.id}`);
    await stream.reading;
    expect(stream.state.isOver).toBe(true);
    expect(stream.frames.map(({ event }) => event)).not.toContain("run.completed");
  });

  it("L15 gives each key ten at once, refuses the eleventh, and takes back the place of one who left", async () => {
    const id = await scene.start("gate");
    const streams = await Promise.all(Array.from({ length: 10 }, () => open(id)));
    expect(streams.map(({ response }) => response.status)).toEqual(Array.from({ length: 10 }, () => 200));
    const refused = await open(id);
    expect(refused.response.status).toBe(429);
    expect(refused.response.headers.get("retry-after")).not.toBeNull();
    streams.pop()?.close();
    const next = await eventually(
      () => open(id),
      ({ response }) => response.status === 200,
    );
    for (const stream of [...streams, next]) stream.close();
  });

  it("is refused before it begins to strangers, and HEAD opens none", async () => {
    const id = await scene.start("gate");
    expect((await open(id, {}, { key: scene.south.members.owner.apiKey })).response.status).toBe(404);
    const head = await fetch(`${base}/api/v1/workflows/${id}/events`, {
      method: "HEAD",
      headers: { accept: "text/event-stream", authorization: `Bearer ${scene.north.members.owner.apiKey}` },
    });
    expect(head.headers.get("content-type")).toContain("application/json");
  });
});
