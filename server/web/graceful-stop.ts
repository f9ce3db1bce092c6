import type { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/**
 * Call it before the server listens. The function it returns stops accepting, lets what is under way finish, and resolves when the
 * last connection is closed, after `graceMs` at the latest. Live streams never finish by themselves: they are cut at once, and
 * whoever reads them comes back to the next process.
 */
export function gracefulStop(server: Server, graceMs: number): () => Promise<void> {
  const underWay = new Set<ServerResponse>();
  const connections = new Set<Socket>();
  let stopping = false;

  server.on("connection", (socket: Socket) => {
    connections.add(socket);
    socket.once("close", () => connections.delete(socket));
  });
  server.on("request", (_request, response: ServerResponse) => {
    underWay.add(response);
    if (stopping) askToClose(response);
    response.once("close", () => {
      underWay.delete(response);
      // Only now is its connection idle; without this it would stay open for as long as keep-alive allows.
      if (stopping)
        setImmediate(() => {
          server.closeIdleConnections();
        });
    });
  });

  return async () => {
    stopping = true;
    const closed = new Promise<void>((resolve) =>
      server.close(() => {
        resolve();
      }),
    );
    // Those that have not said anything yet, as browsers open them ahead of time.
    for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
    for (const response of underWay) {
      if (isLiveStream(response)) response.destroy();
      else askToClose(response);
    }
    server.closeIdleConnections();
    const deadline = setTimeout(() => {
      server.closeAllConnections();
    }, graceMs);
    await closed;
    clearTimeout(deadline);
  };
}

function askToClose(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader("connection", "close");
}

function isLiveStream(response: ServerResponse): boolean {
  const type = response.getHeader("content-type");
  return typeof type === "string" && type.startsWith("text/event-stream");
}
