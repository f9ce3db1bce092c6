import { createServer, ServerResponse } from "node:http";
import next from "next";
import { createHostCheck } from "../../server/web/host-check";

// `npm run dev`: Next with reloading, behind the same look at the Host header as the product has.
const { HOST = "127.0.0.1", PORT = "3000", HOLDPOINT_BASE_URL = "", HOLDPOINT_ALLOWED_HOSTS = "" } = process.env;
const isForUs = createHostCheck({ addresses: [HOLDPOINT_BASE_URL], host: HOST, allowed: HOLDPOINT_ALLOWED_HOSTS });
const app = next({ dev: true, hostname: HOST, port: Number(PORT), dir: process.cwd() });
await app.prepare();
const handle = app.getRequestHandler();

const server = createServer((request, response) => {
  if (!isForUs(request, response)) return;
  handle(request, response).catch((error: unknown) => {
    console.error(error);
    response.destroy();
  });
});
// Next listens for these by itself, from the first request on; here there is nobody to say a sentence to.
server.on("upgrade", (request, socket) => {
  if (!isForUs(request, new ServerResponse(request))) socket.destroy();
});
server.listen(Number(PORT), HOST, () => console.log(`Ready at ${HOLDPOINT_BASE_URL}`));
