import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { AppError } from "@/core/errors";
import { addressBlock, clientAddress } from "@/server/auth/client-address";
import { refuse } from "./limit-body";

export interface ConnectionLimit {
  /** Of one address at a time. */
  most: number;
  /** Proxies of our own that stand before this server: with any, connections are theirs, and carry everybody's requests. */
  trustedProxies: number;
}

/** True: the request may go on; else it has been answered. Call it once the client's address is settled. */
export type RequestGate = (request: IncomingMessage, response: ServerResponse) => boolean;

const retryAfterSeconds = 5;
const words = `Too many connections are open from your address. Close some, or try again in ${String(retryAfterSeconds)} s.`;
const turnedAway =
  `HTTP/1.1 429 Too Many Requests\r\nretry-after: ${String(retryAfterSeconds)}\r\nconnection: close\r\n` +
  `cache-control: no-store\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: ${String(words.length + 1)}\r\n\r\n${words}\n`;

/**
 * Keeps one address from taking all connections: without proxies those that are open, else the requests under way, live streams
 * among them. Call it before the server listens.
 */
export function limitConnections(server: Server, { most, trustedProxies }: ConnectionLimit): RequestGate {
  const counted = new Map<string, number>();
  const refused = new WeakSet<Socket>();

  /** False when the address has as many as it may have. */
  function count(address: string, until: { once(event: "close", listener: () => void): unknown }): boolean {
    const now = counted.get(address) ?? 0;
    if (now >= most) return false;
    counted.set(address, now + 1);
    until.once("close", () => {
      const left = (counted.get(address) ?? 1) - 1;
      if (left > 0) counted.set(address, left);
      else counted.delete(address);
    });
    return true;
  }

  if (trustedProxies === 0)
    server.on("connection", (socket: Socket) => {
      if (count(addressBlock(socket.remoteAddress ?? ""), socket)) return;
      refused.add(socket);
      socket.end(turnedAway, () => socket.destroy());
    });

  return (request, response) => {
    // Its request was on the way together with our refusal.
    if (refused.has(request.socket)) return false;
    if (trustedProxies === 0 || count(addressBlock(addressOf(request)), response)) return true;
    refuse(request, response, new AppError("rate_limited", words, [], { retryAfterSeconds }));
    return false;
  };
}

function addressOf({ headers }: IncomingMessage): string {
  return clientAddress((name) => {
    const value = headers[name];
    return typeof value === "string" ? value : null;
  });
}
