import pg from "pg";
import { z } from "zod";
import { liveKinds } from "@/core/contracts/live";
import { timerMs } from "@/core/schedule/timer-limit";
import { env } from "@/server/env";
import { logger } from "@/server/logger";
import { processWide } from "@/server/process-wide";
import type { OrganizationId } from "./tenant";

/** What changed, as sent on channel `hp_live`. Says only which runs and what kinds of things, never their content. */
const liveChangeSchema = z.object({
  organizationId: z.string(),
  runIds: z.array(z.string()).default([]),
  kinds: z.array(z.string()).default([]),
});
export type LiveChange = z.output<typeof liveChangeSchema>;

type Listener<T> = (value: T) => void;

interface Hub {
  changes: Map<string, Set<Listener<LiveChange>>>;
  done: Map<string, Set<Listener<RunNews>>>;
  auth: Set<Listener<string | null>>;
  client: pg.Client | null;
  connecting: Promise<void> | null;
  retryMs: number;
  /** There was a connection before: a new one cannot know what was said meanwhile. */
  wasLost: boolean;
  closed: boolean;
}

const channels = ["hp_live", "hp_done", "hp_auth"];
const firstRetryMs = 100;
const maxRetryMs = 5_000;

const live = processWide<Hub>("live");

/** Calls the listener for each change in the organization until the returned function is called. */
export function subscribeLive(organizationId: OrganizationId, listener: Listener<LiveChange>): () => void {
  return subscribe(hub().changes, organizationId, listener);
}

/** What was said of a run: how it ended, as JSON; null where that is to be read. */
export interface RunNews {
  end: string | null;
}

/**
 * Waits until the run has ended or begins to wait for a person, or the time is over or the signal aborts: null. A run that ended before the call is
 * not noticed, and a message can be lost while the connection is being made again: read the run's status after subscribing and after null.
 */
export function onAnswerable(runId: string, timeoutMs: number, signal?: AbortSignal): Promise<RunNews | null> {
  return new Promise((resolve) => {
    const finish = (news: RunNews | null): void => {
      clearTimeout(timer);
      for (const unsubscribe of subscriptions) unsubscribe();
      signal?.removeEventListener("abort", giveUp);
      resolve(news);
    };
    const giveUp = (): void => {
      finish(null);
    };
    const timer = setTimeout(giveUp, timerMs(timeoutMs));
    const subscriptions = [runId, `?${runId}`].map((key) => subscribe(hub().done, key, finish));
    signal?.addEventListener("abort", giveUp);
  });
}

/**
 * Calls the listener with the id of a user when a sign-in, membership, API key or the user changed in a way that ends or narrows access;
 * with null when it may be anybody.
 */
export function onAuthChange(listener: Listener<string | null>): () => void {
  const { auth } = hub();
  auth.add(listener);
  return () => auth.delete(listener);
}

/** Resolves when the process is listening; for tests and for `health`. */
export async function liveReady(): Promise<void> {
  await hub().connecting;
}

export async function closeLive(): Promise<void> {
  const current = live.value;
  live.value = undefined;
  if (!current) return;
  current.closed = true;
  await current.connecting?.catch(() => undefined);
  await current.client?.end().catch(() => undefined);
}

function hub(): Hub {
  const existing = live.value;
  if (existing) return existing;
  const created: Hub = {
    changes: new Map(),
    done: new Map(),
    auth: new Set(),
    client: null,
    connecting: null,
    retryMs: firstRetryMs,
    wasLost: false,
    closed: false,
  };
  live.value = created;
  connect(created);
  return created;
}

function connect(target: Hub): void {
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    application_name: "holdpoint-live",
    keepAlive: true,
  });
  let isOver = false;
  const lost = (error?: Error): void => {
    if (isOver) return;
    isOver = true;
    target.client = null;
    client.end().catch(() => undefined);
    if (target.closed) return;
    target.wasLost = true;
    logger().warn({ err: error, retryMs: target.retryMs }, "live connection lost, connecting again");
    setTimeout(() => {
      if (!target.closed) connect(target);
    }, target.retryMs).unref();
    target.retryMs = Math.min(target.retryMs * 2, maxRetryMs);
  };
  client.on("error", lost);
  client.on("end", () => {
    lost();
  });
  client.on("notification", ({ channel, payload }) => {
    dispatch(target, channel, payload ?? "");
  });
  target.connecting = client
    .connect()
    .then(() => client.query(channels.map((channel) => `listen ${channel}`).join(";")))
    .then(() => {
      target.client = client;
      target.retryMs = firstRetryMs;
      // Whatever was said while nobody listened is unknown: forget cached access.
      dispatch(target, "hp_auth", "");
      if (target.wasLost) tellEverything(target);
    })
    .catch((error: unknown) => {
      lost(error instanceof Error ? error : undefined);
    });
}

function tellEverything({ changes }: Hub): void {
  for (const [organizationId, listeners] of changes)
    for (const listener of [...listeners]) listener({ organizationId, runIds: [], kinds: [liveKinds.everything] });
}

function dispatch(target: Hub, channel: string, payload: string): void {
  if (channel === "hp_auth") for (const listener of target.auth) listener(payload === "" ? null : payload);
  if (channel === "hp_done") tellOfRuns(target, payload);
  if (channel !== "hp_live") return;
  const change = liveChangeSchema.safeParse(parseJson(payload));
  if (!change.success) return;
  for (const listener of target.changes.get(change.data.organizationId) ?? []) listener(change.data);
}

/** `<run>,{how it ended}`, or a list of runs, those that wait for a person with a question mark. */
function tellOfRuns({ done }: Hub, payload: string): void {
  const at = payload.indexOf(",{");
  const news = { end: at < 0 ? null : payload.slice(at + 1) };
  for (const key of (at < 0 ? payload : payload.slice(0, at)).split(","))
    for (const listener of [...(done.get(key) ?? [])]) listener(news);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function subscribe<T>(map: Map<string, Set<T>>, key: string, listener: T): () => void {
  const set = map.get(key) ?? new Set<T>();
  map.set(key, set.add(listener));
  return () => {
    set.delete(listener);
    if (set.size === 0 && map.get(key) === set) map.delete(key);
  };
}
