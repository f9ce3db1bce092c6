import { createHmac } from "node:crypto";
import { sha256 } from "@/server/digest";
import type { SignatureScheme } from "@/core/workflow/trigger-words";
import { isOneOf, isSame } from "./compare";

/** A call as it came, before anybody has read it. */
export interface InboundCall {
  headers: Headers;
  body: Buffer;
  /** The public address with its query, as the sender called it. */
  url: string;
}

interface Scheme {
  /** The headers that a proof stands in: one of them says that the call is signed like this. */
  proofHeaders: readonly string[];
  /** When the call says that it was signed, in seconds; schemes without a time have none. */
  signedAt?(headers: Headers): string;
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
  return chosenScheme(call.headers, scheme)?.verify(secret, call, now) ?? false;
}

/** Why a call that is not genuine is none, as its webhook's owner may read it. Senders are never told. */
export function whyNotGenuine({ headers }: InboundCall, scheme: SignatureScheme, now: number): string {
  const chosen = chosenScheme(headers, scheme);
  const present = chosen?.proofHeaders.find((name) => headers.has(name));
  if (chosen === undefined || present === undefined) {
    const wanted = chosen ? chosen.proofHeaders : order.flatMap((name) => schemes[name].proofHeaders);
    return `The call has no proof: ${wanted.length === 1 ? "the header" : "none of the headers"} ${wanted.join(", ")} was sent. Give the sender this webhook's secret, and let it sign.`;
  }
  const signedAt = chosen.signedAt?.(headers);
  if (signedAt !== undefined && !isSeconds(signedAt))
    return `The call does not say when it was signed, as a signature in ${present} has to. Correct the sender.`;
  if (signedAt !== undefined && !isRecent(signedAt, now)) {
    const away = Math.round(now / 1000 - Number(signedAt));
    return `The call was signed ${String(Math.abs(away))} seconds ${away > 0 ? "before" : "after"} it came, and ${String(toleranceSeconds)} are allowed. Set the sender's clock, or let it sign again when it tries again.`;
  }
  return `The proof in ${present} does not fit: another secret, or a body that was changed on its way. Compare the secrets on both sides.`;
}

function chosenScheme(headers: Headers, scheme: SignatureScheme): Scheme | undefined {
  if (scheme !== "auto") return schemes[scheme];
  return order.map((name) => schemes[name]).find(({ proofHeaders }) => proofHeaders.some((name) => headers.has(name)));
}

type NamedScheme = Exclude<SignatureScheme, "auto">;
/** Svix sends the headers of Standard Webhooks under its own name. */
const prefixes = ["webhook-", "svix-"] as const;
/** Senders that know no signature hand the secret over as it is. */
const secretHeaders = ["x-webhook-secret", "x-gitlab-token", "x-telegram-bot-api-secret-token"];

const schemes: Readonly<Record<NamedScheme, Scheme>> = {
  standard_webhooks: {
    proofHeaders: prefixes.map((prefix) => `${prefix}signature`),
    signedAt: (headers) => headers.get(`${prefixOf(headers)}timestamp`) ?? "",
    verify(secret, { headers, body }, now) {
      const prefix = prefixOf(headers);
      const id = headers.get(`${prefix}id`);
      const timestamp = headers.get(`${prefix}timestamp`);
      if (id === null || timestamp === null || !isRecent(timestamp, now)) return false;
      const key = secret.startsWith("whsec_") ? Buffer.from(secret.slice("whsec_".length), "base64") : secret;
      const wanted = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64");
      return isOneOf((headers.get(`${prefix}signature`) ?? "").split(" "), `v1,${wanted}`);
    },
  },
  github: {
    proofHeaders: ["x-hub-signature-256"],
    verify: (secret, { headers, body }) =>
      isSame((headers.get("x-hub-signature-256") ?? "").toLowerCase(), `sha256=${hex(secret, [body])}`),
  },
  stripe: {
    proofHeaders: ["stripe-signature"],
    signedAt: (headers) => stripeValues(headers, "t")[0] ?? "",
    verify(secret, { headers, body }, now) {
      const [timestamp = ""] = stripeValues(headers, "t");
      return (
        isRecent(timestamp, now) &&
        isOneOf(
          stripeValues(headers, "v1").map((value) => value.toLowerCase()),
          hex(secret, [`${timestamp}.`, body]),
        )
      );
    },
  },
  shopify: {
    proofHeaders: ["x-shopify-hmac-sha256"],
    verify: (secret, { headers, body }) =>
      isSame(headers.get("x-shopify-hmac-sha256") ?? "", createHmac("sha256", secret).update(body).digest("base64")),
  },
  slack: {
    proofHeaders: ["x-slack-signature"],
    signedAt: slackTime,
    verify(secret, { headers, body }, now) {
      const timestamp = slackTime(headers);
      return (
        isRecent(timestamp, now) &&
        isSame((headers.get("x-slack-signature") ?? "").toLowerCase(), `v0=${hex(secret, [`v0:${timestamp}:`, body])}`)
      );
    },
  },
  twilio: {
    proofHeaders: ["x-twilio-signature"],
    verify(secret, { headers, body, url }) {
      const bodyHash = new URL(url).searchParams.get("bodySHA256");
      const isForm = (headers.get("content-type") ?? "").startsWith("application/x-www-form-urlencoded");
      if (bodyHash !== null && !isSame(bodyHash.toLowerCase(), sha256(body))) return false;
      const signed = bodyHash === null && isForm ? `${url}${sortedForm(body)}` : url;
      return isSame(
        headers.get("x-twilio-signature") ?? "",
        createHmac("sha1", secret).update(signed).digest("base64"),
      );
    },
  },
  shared_secret: {
    proofHeaders: secretHeaders,
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

function hex(secret: string, parts: readonly (string | Buffer)[]): string {
  const hmac = createHmac("sha256", secret);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

function prefixOf(headers: Headers): string {
  return prefixes.find((each) => headers.has(`${each}signature`)) ?? "webhook-";
}

function slackTime(headers: Headers): string {
  return headers.get("x-slack-request-timestamp") ?? "";
}

function stripeValues(headers: Headers, name: string): string[] {
  const parts = (headers.get("stripe-signature") ?? "").split(",").map((part) => part.trim().split("=", 2));
  return parts.flatMap(([key, value]) => (key === name && value !== undefined ? [value] : []));
}

function isSeconds(timestamp: string): boolean {
  return /^\d{1,12}$/.test(timestamp);
}

function isRecent(timestamp: string, now: number): boolean {
  return isSeconds(timestamp) && Math.abs(now / 1000 - Number(timestamp)) <= toleranceSeconds;
}

/** Names in order, each with its values: what Twilio signs of a form. */
function sortedForm(body: Buffer): string {
  const form = new URLSearchParams(body.toString("utf8"));
  return [...new Set(form.keys())]
    .sort()
    .flatMap((name) => [...new Set(form.getAll(name))].sort().map((value) => `${name}${value}`))
    .join("");
}
