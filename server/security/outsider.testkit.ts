import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";

/**
 * A service outside, at an address that the product under attack may call: `/say?status=500` answers with what it was sent, once
 * as the body and once as a header; `/go?to=<address>` sends on to that address.
 */
export async function startOutsider(port: number): Promise<{ port: number; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://outsider");
    void text(request).then((body) => {
      if (pathname === "/go")
        return response.writeHead(302, { location: inHeader(searchParams.get("to") ?? "/") }).end();
      const status = Number(searchParams.get("status") ?? "200");
      const said = {
        "content-type": searchParams.get("type") ?? "application/json",
        "x-said": inHeader(body).slice(0, 2000),
      };
      return response.writeHead(status, said).end(body);
    });
  });
  await listen(server, port);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The outsider has no port.");
  return {
    port: address.port,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A header takes plain characters only: what is beyond them is written as in an address. */
const inHeader = (text: string): string =>
  text.replace(/[^\x20-\x7e\ud800-\udfff]|[\ud800-\udbff][\udc00-\udfff]/g, encodeURIComponent);

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}
