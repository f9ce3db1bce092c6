import { createServer } from "node:http";
import next from "next";
import { env } from "@/server/env";
import { logger } from "@/server/logger";
import { settleClientAddress } from "@/server/web/client-address";
import { answerRest, isRestPath } from "@/server/web/rest-bridge";

/**
 * The web process: one HTTP server. REST goes straight to its handler (Next's router alone costs a millisecond a request);
 * everything else is Next's.
 */
const { HOST, PORT, HOLDPOINT_TRUSTED_PROXIES } = env();
const app = next({ dev: false, hostname: HOST, port: PORT, dir: process.cwd() });
await app.prepare();
const handleByNext = app.getRequestHandler();

const server = createServer(
  { requestTimeout: 60_000, headersTimeout: 20_000, keepAliveTimeout: 15_000 },
  (request, response) => {
    settleClientAddress(request, HOLDPOINT_TRUSTED_PROXIES);
    const handling = isRestPath(request.url ?? "/") ? answerRest(request, response) : handleByNext(request, response);
    handling.catch((error: unknown) => {
      logger().error({ err: error }, "request could not be answered");
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  },
);

server.listen(PORT, HOST, () => {
  logger().info({ host: HOST, port: PORT }, "web is listening");
});

const stop = (): void => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  // Live pages hold their streams open for ever; they reconnect to the next process.
  setTimeout(() => {
    server.closeAllConnections();
  }, 1_000).unref();
};
process.once("SIGTERM", stop);
process.once("SIGINT", stop);
