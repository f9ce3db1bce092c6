import type { Pool } from "pg";
import { hashToken } from "@/server/digest";
import type { Clock, DirectoryPort } from "@/core/ports";
import { createConnectionPort } from "@/server/integrations/connections-port";
import type { HttpClient } from "@/server/integrations/http/http-client";
import { callbackContext, type KeyRing } from "@/server/integrations/secrets/key-ring";
import { createDirectoryPort } from "@/server/modules/directory/service";
import { runToken, stepToken } from "@/server/step-token";
import { createPeopleLoader, type PeopleLoader } from "@/server/modules/runs/people-store";
import type { RunStore } from "@/server/modules/runs/store";
import { createVersionLoader } from "@/server/modules/runs/version-store";
import { createConnectionLoader } from "@/server/modules/connections/store";
import { systemActor } from "@/server/auth/actor";
import { stepExecutors } from "@/steps/executors";
import type { RuntimeDeps } from "./runtime-deps";

export interface RuntimeOptions {
  pool: Pool;
  store: RunStore;
  httpClient: HttpClient;
  keyRing: KeyRing;
  baseUrl: string;
  /** What addresses of steps are derived from. */
  masterSecret: string;
  dispatch: RuntimeDeps["dispatch"];
  memoCommitted: RuntimeDeps["memoCommitted"];
  /** Asked right before a call leaves; throws `TakenOver` when others do it by now. */
  stillOurs(): Promise<void>;
  log: RuntimeDeps["log"];
  loadPeople?: PeopleLoader;
  /** Replaced in tests that move time. */
  clock?: Clock;
}

const systemClock = { now: () => Date.now() };

/** Puts the drivers' needs together from the real house. */
export function createRuntimeDeps(options: RuntimeOptions): RuntimeDeps {
  const { pool, httpClient, keyRing, clock = systemClock } = options;
  const loadConnection = createConnectionLoader(pool);
  const directories = new Map<string, DirectoryPort>();
  const directoryOf = (organizationId: string): DirectoryPort => {
    const known = directories.get(organizationId) ?? createDirectoryPort(systemActor(organizationId).organizationId);
    directories.set(organizationId, known);
    return known;
  };
  return {
    store: options.store,
    clock,
    random: Math.random,
    executors: stepExecutors,
    loadVersion: createVersionLoader(pool),
    loadPeople: options.loadPeople ?? createPeopleLoader(pool),
    ports: (run, call) => ({
      connections: createConnectionPort({
        loadConnection,
        httpClient,
        keyRing,
        clock,
        beforeSend: options.stillOurs,
        onReceipt: call.onReceipt,
        refuseLive: call.refuseLive,
        call: {
          organizationId: run.organizationId,
          runId: run.id,
          stepKey: call.stepKey,
          attempt: call.attempt,
          idempotencyKey: call.idempotencyKey,
          signal: call.signal,
        },
      }),
      directory: directoryOf(run.organizationId),
    }),
    dispatch: options.dispatch,
    memoCommitted: options.memoCommitted,
    callback(place) {
      const token = stepToken(options.masterSecret, "callback", place);
      return { url: `${options.baseUrl}/api/callbacks/${token}`, tokenHash: hashToken(token) };
    },
    trackingUrl: (runId) => `${options.baseUrl}/r/${runToken(options.masterSecret, "tracking", runId)}`,
    formUrl: (place) => `${options.baseUrl}/f/${stepToken(options.masterSecret, "form", place)}`,
    sealedCallbackUrl: ({ organizationId, waitpointId }, url) =>
      keyRing.seal(url, callbackContext(organizationId, waitpointId)),
    log: options.log,
  };
}
