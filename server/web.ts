import { createServer } from "node:http";
import next from "next";
import { keyRing } from "@/server/auth/key-ring";
import { warnOfOwnerRole } from "@/server/db/owner-role";
import { closePools } from "@/server/db/pools";
import { env } from "@/server/env";
import { logger } from "@/server/logger";
import { admitRequest } from "@/server/web/admit-request";
import { settleClientAddress } from "@/server/web/client-address";
import { gracefulStop } from "@/server/web/graceful-stop";
import { closeDemoUnlessOn } from "@/server/auth/demo-organizations";
import { createHostCheck } from "@/server/web/host-check";
import { limitConnections } from "@/server/web/limit-connections";
import { answerRest, isRestPath } from "@/server/web/rest-bridge";
import { warmUp } from "@/server/web/warm-up";

/**
 * The web process: one HTTP server. REST goes straight to its handler (Next's router alone costs a millisecond a request);
 * everything else is Next's.
 */
const { HOST, PORT, HOLDPOINT_TRUSTED_PROXIES: trustedProxies, HOLDPOINT_BASE_URL, HOLDPOINT_ALLOWED_HOSTS } = env();
// Keys that cannot be read stop the start, not the first request that needs one.
keyRing();
const isForUs = createHostCheck({ addresses: [HOLDPOINT_BASE_URL], host: HOST, allowed: HOLDPOINT_ALLOWED_HOSTS });
/** What a request under way at the stop may still take; the supervisor waits longer. */
const graceMs = 15_000;
const app = next({ dev: false, hostname: HOST, port: PORT, dir: process.cwd() });
await Promise.all([app.prepare(), closeDemoUnlessOn(), warnOfOwnerRole()]);
const handleByNext = app.getRequestHandler();
await warmUp(handleByNext, (error, path) => {
  logger().warn({ err: error, path }, "could not be loaded before the first request");
});

const server = createServer(
  { requestTimeout: 60_000, headersTimeout: 20_000, keepAliveTimeout: 15_000 },
  (request, response) => {
    if (!isForUs(request, response)) return;
    settleClientAddress(request, trustedProxies);
    if (!hasRoom(request, response) || !admitRequest(request, response)) return;
    const handling = isRestPath(request.url ?? "/") ? answerRest(request, response) : handleByNext(request, response);
    handling.catch((error: unknown) => {
      // Refused on the way, while its body was being read: it has its answer.
      if (response.writableEnded || response.destroyed) return;
      logger().error({ err: error }, "request could not be answered");
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  },
);

const hasRoom = limitConnections(server, { most: env().HOLDPOINT_CONNECTIONS_PER_ADDRESS, trustedProxies });
const stopServing = gracefulStop(server, graceMs);
server.listen(PORT, HOST, () => {
  logger().info({ host: HOST, port: PORT }, "web is listening");
});

const stop = async (): Promise<void> => {
  await stopServing();
  await closePools();
  process.exit(0);
};
let stopping: Promise<void> | undefined;
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void (stopping ??= stop()));
