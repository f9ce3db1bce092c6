import type { InngestFunction } from "inngest";
import { createChannelSender } from "@/server/integrations/channels/channel-sender";
import { createHttpClient } from "@/server/integrations/http/http-client";
import { reachableHosts } from "@/server/integrations/http/reachable-hosts";
import { createMailer } from "@/server/integrations/mail/mailer";
import { callbackSecret } from "@/server/integrations/webhooks/signature";
import { keyRing } from "@/server/auth/key-ring";
import { hotPool } from "@/server/db/pools";
import { env } from "@/server/env";
import { logger } from "@/server/logger";
import { createDeliveryStore } from "@/server/modules/deliveries/service";
import { sendDigest, tellPeople } from "@/server/modules/notices/service";
import { repairRounds } from "@/server/modules/repairs/service";
import { runStore } from "@/server/modules/runs/run-store";
import type { HoldpointInngest } from "../client";
import { currentDispatch, markMemoCommitted, stillOurs } from "../embedded/dispatch-context";
import { createRuntimeDeps } from "../runtime/create-runtime";
import { createRunTurns } from "../runtime/run-turns";
import { createDecisionDueFunction } from "./decision-due";
import { createDeliverFunction } from "./deliver";
import { createRunWorkflow } from "./run-workflow";
import { createSendDigestFunction } from "./send-digest";
import { createTellPeopleFunction } from "./tell-people";
import { createTryAllAgainFunction } from "./try-all-again";

const clock = { now: () => Date.now() };

/** Every durable function of the product, wired to this process's database and environment. */
export function createFunctions(client: HoldpointInngest): InngestFunction.Any[] {
  const { HOLDPOINT_BASE_URL, HOLDPOINT_DEMO, NEXTAUTH_SECRET, SMTP_URL, SMTP_FROM } = env();
  const httpClient = createHttpClient({
    privateHosts: reachableHosts(),
    onFailure: ({ error, ...call }) => logger().warn({ ...call, err: error }, "a call to the outside came to nothing"),
  });
  const runtime = createRuntimeDeps({
    pool: hotPool(),
    store: runStore(),
    httpClient,
    keyRing: keyRing(),
    baseUrl: HOLDPOINT_BASE_URL,
    masterSecret: NEXTAUTH_SECRET,
    dispatch: currentDispatch,
    memoCommitted: markMemoCommitted,
    stillOurs,
    log: logger(),
  });
  const deliveries = createDeliveryStore({
    keyRing: keyRing(),
    callbackSecret: (run) => callbackSecret(NEXTAUTH_SECRET, run),
    clock,
  });
  const send = createChannelSender({
    demo: HOLDPOINT_DEMO,
    sendMail:
      SMTP_URL === undefined
        ? null
        : createMailer({
            smtpUrl: SMTP_URL,
            from: SMTP_FROM,
            onFailure: (error) => logger().warn({ err: error }, "the mail server did not take a message"),
          }).send,
    httpClient,
    clock,
  });
  return [
    createRunWorkflow(client, createRunTurns(runtime)),
    createDeliverFunction(client, { store: deliveries, send }),
    createDecisionDueFunction(client, runStore()),
    createTellPeopleFunction(client, tellPeople),
    createSendDigestFunction(client, sendDigest),
    createTryAllAgainFunction(client, repairRounds),
  ];
}
