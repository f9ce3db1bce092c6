import { createServer, request as call } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { clientAddress } from "@/server/auth/client-address";
import { settleClientAddress } from "./client-address";

const closing: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

/** What a real server makes of the headers of a real client: the address by `headers`, and all values in `rawHeaders`. */
async function seen(trustedProxies: number, forwarded: string[]): Promise<{ address: string; raw: string[] }> {
  const server = createServer((request, response) => {
    settleClientAddress(request, trustedProxies);
    const { rawHeaders } = request;
    const raw = rawHeaders.filter((_, index) => rawHeaders[index - 1]?.toLowerCase() === "x-forwarded-for");
    const address = clientAddress((name) => String(request.headers[name] ?? ""));
    response.end(JSON.stringify({ address, raw }));
  });
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    call({ port, host: "127.0.0.1", headers: { "X-Forwarded-For": forwarded }, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.on("end", () => {
        resolve(JSON.parse(text) as { address: string; raw: string[] });
      });
    })
      .once("error", reject)
      .end();
  });
}

it.each([
  ["nothing said", 0, [], "127.0.0.1"],
  ["an address made up", 0, ["6.6.6.6"], "127.0.0.1"],
  ["several made up, in several headers", 0, ["6.6.6.6, 7.7.7.7", "8.8.8.8"], "127.0.0.1"],
  ["one proxy, which added the client", 1, ["6.6.6.6, 203.0.113.9"], "203.0.113.9"],
  ["two proxies", 2, ["6.6.6.6, 203.0.113.9, 10.0.0.1"], "203.0.113.9"],
  ["a proxy that was gone around", 2, ["6.6.6.6"], "127.0.0.1"],
])("3.12 the client's address with %s", async (_, trustedProxies, forwarded, address) => {
  expect(await seen(trustedProxies, forwarded)).toEqual({ address, raw: [address] });
});
