import { expect, vi } from "vitest";
import { z } from "zod";
import { readId } from "@/core/ids";
import type { Attacked } from "./attacked.testkit";
import type { Payload } from "./payloads.testkit";
import { fitting, pages, poisonedDocument } from "./poisoned-document.testkit";

/** Where the texts of one sheet are to be seen. */
export interface Sheet {
  slug: string;
  /** One run that waits for everybody, and one that everybody has answered and that failed. */
  waiting: string;
  answered: string;
  /** What the one asks for, and what was decided in the other. */
  approval: string;
  decided: string;
  customerLink: string;
  /** Where the customer follows the run that waits. */
  trackingLink: string;
  formLink: string;
  hook: string;
  /** What the names of all begin with. */
  first: string;
  /** Doors that take no such text, with what they answered. */
  refused: Map<string, string>;
}

/** Puts these payloads into every text of a workflow, its runs, its people and its surroundings. */
export async function poison(
  target: Attacked,
  outsider: string,
  name: string,
  texts: readonly Payload[],
): Promise<Sheet> {
  const refused = new Map<string, string>();
  const { cookie } = target.organization.members.owner;
  const all = (limit: number): string => fitting(texts, limit);
  const first = texts[0]?.text ?? "";
  const rest = async (door: string, path: string, body: unknown): Promise<Record<string, unknown>> => {
    const answer = await target.send("POST", path, { body: JSON.stringify(body) });
    if (answer.status >= 500) throw new Error(`${door}: ${answer.status} ${answer.text}`);
    if (answer.status >= 400) refused.set(door, `${answer.status} ${messageOf(answer.text)}`);
    return answer.status < 400 ? (JSON.parse(answer.text || "{}") as Record<string, unknown>) : {};
  };
  const trpc = async (method: "GET" | "POST", procedure: string, input: unknown): Promise<Record<string, unknown>> => {
    const answer = await target.trpc(method, procedure, input, cookie);
    if (answer.status >= 500) throw new Error(`${procedure}: ${answer.status} ${answer.text}`);
    if (answer.status >= 400) refused.set(procedure, `${answer.status} ${answer.text.slice(0, 200)}`);
    const { result } = JSON.parse(answer.text) as { result?: { data?: Record<string, unknown> } };
    return result?.data ?? {};
  };

  await rest("connection", "/api/v1/connections", { slug: name, name: all(120), base_url: outsider });
  const document = poisonedDocument(name, target.organization.members.owner.email, texts);
  await must(target, "/api/workflows", document);
  const published = await must(target, `/api/workflows/${name}/publish`, { note: all(500) });
  const { triggers } = (published["data"] as { workflow: { triggers: { type: string; url?: string }[] } }).workflow;
  const hook = new URL(triggers.find(({ type }) => type === "webhook")?.url ?? "").pathname;
  const state = await target.trpc("GET", "triggers.state", { slug: name }, cookie);
  const formLink = /\/f\/[\w-]+/.exec(state.text)?.[0] ?? "";
  await trpc("POST", "library.organize", {
    slug: name,
    folder: first.replaceAll("/", "").slice(0, 180),
    tags: texts.slice(0, 20).map(({ text }) => text.slice(0, 40)),
  });

  const conversation = await must(target, "/api/v1/conversations", {
    contact: { name: all(200), email: `${name}@acme.test` },
    subject: all(300),
    quick_replies: [
      { value: "begin", label: first.slice(0, 100) },
      ...texts.slice(0, 9).map(({ text }) => ({ value: text.slice(0, 100), label: text.slice(0, 100) })),
    ],
  });
  const conversationId = String(conversation["id"]);
  const customerLink = new URL(String(conversation["link"])).pathname;
  const token = customerLink.split("/").at(-1);
  for (const body of pages(texts, 3500).slice(0, 8)) {
    await rest("operator message", `/api/v1/conversations/${conversationId}/messages`, { body });
    await trpc("POST", "conversations.send", { token, body });
  }
  await trpc("POST", "conversations.send", { token, body: all(4000), quickReply: "begin" });

  await rest("event", "/api/v1/events", { name: "poison.sent", data: { [first]: texts.map(({ text }) => text) } });
  await rest("event name", "/api/v1/events", { name: first, data: {} });
  await target.send("POST", hook, {
    key: null,
    body: JSON.stringify({ [first]: texts.map(({ text }) => text) }),
    headers: { "x-said": encodeURI(first).slice(0, 500), "user-agent": encodeURI(first).slice(0, 500) },
  });
  await rest("api key", "/api/v1/api-keys", { name: all(120) });
  await rest("legal hold", "/api/v1/legal-holds", { subject: "workflow", id: name, reason: all(1000) });
  await rest("subscription", "/api/v1/webhook-subscriptions", { url: `https://hooks.example.com/?${first}` });
  await rest("connection address", "/api/v1/connections", {
    slug: "address",
    base_url: texts.find(isAddress)?.text ?? first,
  });
  await trpc("POST", "testing.saveSample", { slug: name, name: all(120), input: { p: texts.map(({ text }) => text) } });

  const started = await must(target, "/api/v1/runs", {
    template_id: name,
    input: { [first]: texts.map(({ text }) => text) },
  });
  const answered = String(started["id"]);
  await answerEverything(target, answered, texts);
  const waiting = await vi.waitFor(
    async () => {
      const rows = await target.rows<{ id: string }>(
        "select r.id from runs r where r.conversation_id = $1 and (select count(*) from waitpoints w where w.run_id = r.id and w.status = 'open') >= 3",
        [conversationId],
      );
      expect(rows).not.toEqual([]);
      return rows[0]?.id ?? "";
    },
    { timeout: 60_000 },
  );
  const copy = await trpc("POST", "library.duplicate", { slug: name });
  await trpc("POST", "library.trash", { slug: copy["slug"] });
  // With a draft it would be closed otherwise.
  await trpc("POST", "triggers.setOperational", { slug: name, whileDraft: "serve_published" });
  await poisonDraft(target, name, all(200));
  const approvalOf = async (run: string): Promise<string> => {
    const sql = "select id from waitpoints where run_id = $1 and kind = 'approval'";
    return (await target.rows<{ id: string }>(sql, [readId("run", run)]))[0]?.id ?? "";
  };
  const [approval, decided] = [await approvalOf(waiting), await approvalOf(answered)];
  const { text: detail } = await target.send("GET", `/api/v1/runs/${waiting}`);
  const { tracking_url: tracking } = z.looseObject({ tracking_url: z.url() }).parse(JSON.parse(detail));
  const trackingLink = new URL(tracking).pathname;
  return {
    slug: name,
    waiting,
    answered,
    approval,
    decided,
    customerLink,
    trackingLink,
    formLink,
    hook,
    first,
    refused,
  };
}

/** Everything that the run waits for is answered, with these words. */
async function answerEverything(target: Attacked, run: string, texts: readonly Payload[]): Promise<void> {
  const words = fitting(texts, 4800);
  const open = await vi.waitFor(
    async () => {
      const rows = await target.rows<{ id: string; kind: string }>(
        "select id, kind from waitpoints where run_id = $1 and status = 'open'",
        [readId("run", run)],
      );
      expect(rows.length).toBeGreaterThanOrEqual(3);
      return rows;
    },
    { timeout: 60_000 },
  );
  const answers: Readonly<Record<string, (id: string) => [string, object]>> = {
    approval: (id) => [`/api/v1/approvals/${id}/approve`, { comment: words, message_to_requester: words }],
    form: (id) => [
      `/api/v1/forms/${id}/submit`,
      { values: Object.fromEntries(texts.map(({ at, text }) => [`f${at}`, text])) },
    ],
    handoff: (id) => [
      `/api/v1/handoffs/${id}/resolve`,
      { resolution: fitting(texts, 1000), note: words, output: { words } },
    ],
  };
  for (const { id, kind } of open) {
    const [path, body] = answers[kind]?.(id) ?? ["", {}];
    await must(target, path, body);
  }
}

/** A second state of the workflow, so that there is something to compare and to complain about. */
async function poisonDraft(target: Attacked, slug: string, words: string): Promise<void> {
  const read = await target.send("GET", `/api/workflows/${slug}`);
  const { workflow } = (JSON.parse(read.text) as { data: { workflow: { spec: { nodes: Record<string, unknown>[] } } } })
    .data;
  workflow.spec.nodes = workflow.spec.nodes.map((node) => ({
    ...node,
    name: `${words.slice(0, 150)} ${String(node["id"])}`,
    note: words,
  }));
  const answer = await target.send("PATCH", `/api/workflows/${slug}`, {
    body: JSON.stringify({ spec: workflow.spec }),
  });
  expect(answer.status, answer.text).toBeLessThan(300);
}

async function must(target: Attacked, path: string, body: unknown): Promise<Record<string, unknown>> {
  const answer = await target.send("POST", path, { body: JSON.stringify(body) });
  expect(answer.status, `${path}: ${answer.text.slice(0, 2000)}`).toBeLessThan(300);
  return JSON.parse(answer.text) as Record<string, unknown>;
}

const isAddress = ({ kind }: Payload): boolean => kind === "addresses";

function messageOf(text: string): string {
  const { error } = JSON.parse(text) as { error?: { message?: string } };
  return error?.message?.slice(0, 200) ?? "";
}
