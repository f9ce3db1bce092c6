import type { Server } from "node:http";

/** Listens on a free port of 127.0.0.1. */
export async function loopbackPort(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
