import { createHmac } from "node:crypto";
import type { SyncResult } from "./registration";

interface SyncOptions {
  /** Of this worker's own endpoint. */
  endpoint: string;
  server: { url: string };
  /** Shared with the server; a dev server has none. */
  signingKey?: string;
  timeoutMs?: number;
}

/** What the server answered to the registration that is under way. */
interface Answer {
  status: number;
  text: string;
}

/**
 * Registers by a PUT on the worker's own endpoint, which makes the SDK send the functions to the server. The SDK takes an error
 * without a status in its body for a success, so the server's answer is watched on the way through `fetch`.
 */
export function createSync({ endpoint, server, signingKey, timeoutMs = 15_000 }: SyncOptions): {
  fetch: typeof fetch;
  sync(): Promise<SyncResult>;
} {
  let answer: Answer | undefined;

  const watchingFetch: typeof fetch = async (input, init) => {
    if (!isRegistration(input)) return await fetch(input, init);
    answer = undefined;
    const response = await fetch(input, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    answer = { status: response.status, text: await response.clone().text() };
    return response;
  };

  return {
    fetch: watchingFetch,
    sync: async () => {
      answer = undefined;
      try {
        const put = await fetch(endpoint, {
          method: "PUT",
          body: emptyBody,
          headers: { "content-type": "application/json", ...(signingKey === undefined ? {} : signature(signingKey)) },
          signal: AbortSignal.timeout(timeoutMs + 5_000),
        });
        const said = await put.text();
        return problemOf(server.url, answer, put.ok ? undefined : said);
      } catch (error) {
        return `The worker's own endpoint ${endpoint} does not answer: ${error instanceof Error ? error.message : String(error)}.`;
      }
    },
  };
}

const emptyBody = "{}";

/** The header by which the SDK knows a call that somebody with the signing key made, in Inngest's form. */
function signature(signingKey: string): Record<string, string> {
  const at = String(Math.round(Date.now() / 1_000));
  const key = signingKey.replace(/^signkey-[\w]+-/, "");
  const sum = createHmac("sha256", key).update(emptyBody).update(at).digest("hex");
  return { "x-inngest-signature": `t=${at}&s=${sum}` };
}

function problemOf(url: string, answer: Answer | undefined, refusedBySdk: string | undefined): SyncResult {
  if (!answer)
    return `The Inngest server at ${url} cannot be reached: ${errorText(refusedBySdk ?? "no answer")}. Start it, or correct its address.`;
  if (answer.status === 401 || answer.status === 403)
    return `The Inngest server at ${url} did not accept the registration: it does not know this INNGEST_SIGNING_KEY. Set the same key on both sides.`;
  if (answer.status < 200 || answer.status > 299 || refusedBySdk !== undefined)
    return `The Inngest server at ${url} did not accept the registration: ${answer.status} ${errorText(answer.text)}.`;
  return undefined;
}

/** The words in an answer like `{"error": "…"}` or `{"message": "…"}`, or the answer itself, on one line. */
function errorText(answer: string): string {
  const quoted = /"(?:error|message)"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(answer)?.[1];
  return (quoted ?? answer).replace(/\s+/g, " ").trim().slice(0, 200).replace(/\.$/, "");
}

function isRegistration(input: string | URL | Request): boolean {
  return new URL(input instanceof Request ? input.url : input).pathname === "/fn/register";
}
