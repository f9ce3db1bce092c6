import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, it } from "vitest";
import { warmUp } from "./warm-up";

const neverCalled = (error: unknown): never => {
  throw error;
};

it("R11 a procedure and a page are asked for before anybody is let in, and may answer at length", async () => {
  const asked: string[] = [];
  await warmUp(async ({ method, url }: IncomingMessage, response: ServerResponse) => {
    response.writeHead(200, { "content-type": "text/html" });
    // More than a connection takes at once: written on only when it has been read.
    for (let part = 0; part < 50; part += 1)
      if (!response.write("x".repeat(100_000))) await new Promise((resolve) => response.once("drain", resolve));
    await new Promise<void>((resolve) => response.end(resolve));
    asked.push(`${String(method)} ${String(url)}`);
  }, neverCalled);
  expect(asked).toEqual(["GET /api/trpc/warm.up", "GET /sign-in"]);
});

it("R11 the start goes on when one of them fails", async () => {
  const failed: string[] = [];
  await warmUp(
    () => Promise.reject(new Error("away")),
    (_error, path) => failed.push(path),
  );
  expect(failed).toEqual(["/api/trpc/warm.up", "/sign-in"]);
});
