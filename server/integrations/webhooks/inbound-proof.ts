import { createHash, createHmac } from "node:crypto";
import type { SignatureScheme } from "@/core/spec/trigger-words";
import { isOneOf, isSame } from "./compare";

/** A call as it came, before anybody has read it. */
export interface InboundCall {
  headers: Headers;
  body: Buffer;
  /** The public address with its query, as the sender called it. */
  url: string;
}

interface Scheme {
  /** Whether the call says that it is signed like this. */
  isPresent(headers: Headers): boolean;
  /** `now` in ms. */
  verify(secret: string, call: InboundCall, now: number): boolean;
}

const toleranceSeconds = 300;

/**
 * Whether whoever sent the call knows the secret. With `auto` the first scheme whose headers are there decides: a wrong
 * signature is not saved by another proof. Signatures with a time are good for five minutes. An empty secret proves nothing.
 * @param now ms since epoch
 */
export function isGenuine(secret: string, call: InboundCall, scheme: SignatureScheme, now: number): boolean {
  if (secret === "") return false;
  const chosen =
    scheme === "auto"
      ? order.map((name) => schemes[name]).find((each) => each.isPresent(call.headers))
      : schemes[scheme];
  return chosen?.verify(secret, call, now) ?? false;
}

type NamedScheme = Exclude<SignatureScheme, "auto">;

const schemes: Readonly<Record<NamedScheme, Scheme>> = {
  standard_webhooks: {
    isPresent: (headers) => prefixes.some((prefix) => headers.has(`${prefix}signature`)),
    verify(secret, { headers, body }, now) {
      const prefix = prefixes.find((each) => headers.has(`${each}signature`)) ?? "webhook-";
      const id = headers.get(`${prefix}id`);
      const timestamp = headers.get(`${prefix}timestamp`);
      if (id === null || timestamp === null || !isRecent(timestamp, now)) return false;
      const key = secret.startsWith("whsec_") ? Buffer.from(secret.slice("whsec_".length), "base64") : secret;
      const wanted = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64");
      return isOneOf((headers.get(`${prefix}signature`) ?? "").split(" "), `v1,${wanted}`);
    },
  },
  github: {
    isPresent: (headers) => headers.has("x-hub-signature-256"),
    verify: (secret, { headers, body }) =>
      isSame((headers.get("x-hub-signature-256") ?? "").toLowerCase(), `sha256=${hex(secret, [body])}`),
  },
  stripe: {
    isPresent: (headers) => headers.has("stripe-signature"),
    verify(secret, { headers, body }, now) {
      const parts = (headers.get("stripe-signature") ?? "").split(",").map((part) => part.trim().split("=", 2));
      const valuesOf = (name: string): string[] =>
        parts.flatMap(([key, value]) => (key === name && value !== undefined ? [value] : []));
      const [timestamp = ""] = valuesOf("t");
      return (
        isRecent(timestamp, now) &&
        isOneOf(
          valuesOf("v1").map((value) => value.toLowerCase()),
          hex(secret, [`${timestamp}.`, body]),
        )
      );
    },
  },
  shopify: {
    isPresent: (headers) => headers.has("x-shopify-hmac-sha256"),
    verify: (secret, { headers, body }) =>
      isSame(headers.get("x-shopify-hmac-sha256") ?? "", createHmac("sha256", secret).update(body).digest("base64")),
  },
  slack: {
    isPresent: (headers) => headers.has("x-slack-signature"),
    verify(secret, { headers, body }, now) {
      const timestamp = headers.get("x-slack-request-timestamp") ?? "";
      return (
        isRecent(timestamp, now) &&
        isSame((headers.get("x-slack-signature") ?? "").toLowerCase(), `v0=${hex(secret, [`v0:${timestamp}:`, body])}`)
      );
    },
  },
  twilio: {
    isPresent: (headers) => headers.has("x-twilio-signature"),
    verify(secret, { headers, body, url }) {
      const bodyHash = new URL(url).searchParams.get("bodySHA256");
      const isForm = (headers.get("content-type") ?? "").startsWith("application/x-www-form-urlencoded");
      if (bodyHash !== null && !isSame(bodyHash.toLowerCase(), createHash("sha256").update(body).digest("hex")))
        return false;
      const signed = bodyHash === null && isForm ? `${url}${sortedForm(body)}` : url;
      return isSame(
        headers.get("x-twilio-signature") ?? "",
        createHmac("sha1", secret).update(signed).digest("base64"),
      );
    },
  },
  shared_secret: {
    isPresent: (headers) => secretHeaders.some((name) => headers.has(name)),
    verify: (secret, { headers }) =>
      isOneOf(
        secretHeaders.map((name) => headers.get(name) ?? ""),
        secret,
      ),
  },
};

const order: readonly NamedScheme[] = [
  "standard_webhooks",
  "stripe",
  "slack",
  "shopify",
  "github",
  "twilio",
  "shared_secret",
];
/** Svix sends the headers of Standard Webhooks under its own name. */
const prefixes = ["webhook-", "svix-"] as const;
/** Senders that know no signature hand the secret over as it is. */
const secretHeaders = ["x-webhook-secret", "x-gitlab-token", "x-telegram-bot-api-secret-token"];

function hex(secret: string, parts: readonly (string | Buffer)[]): string {
  const hmac = createHmac("sha256", secret);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

function isRecent(timestamp: string, now: number): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(now / 1000 - Number(timestamp)) <= toleranceSeconds;
}

/** Names in order, each with its values: what Twilio signs of a form. */
function sortedForm(body: Buffer): string {
  const form = new URLSearchParams(body.toString("utf8"));
  return [...new Set(form.keys())]
    .sort()
    .flatMap((name) => [...new Set(form.getAll(name))].sort().map((value) => `${name}${value}`))
    .join("");
}
