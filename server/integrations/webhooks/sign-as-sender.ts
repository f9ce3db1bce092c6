import { createHmac } from "node:crypto";
import { sha256 } from "@/server/digest";
import type { SignatureScheme } from "@/core/workflow/trigger-words";
import { signWebhook } from "./signature";

interface TestCall {
  secret: string;
  id: string;
  /** ms since epoch */
  at: number;
  body: string;
  /** The public address. */
  url: string;
}

/** The headers with which a sender of this scheme would sign a JSON call: for test calls, which go the way of any other. */
export function signAsSender(
  scheme: SignatureScheme,
  call: TestCall,
): { headers: Record<string, string>; url: string } {
  const { url } = call;
  if (scheme === "twilio") {
    const signed = `${url}${url.includes("?") ? "&" : "?"}bodySHA256=${sha256(call.body)}`;
    return {
      headers: { "x-twilio-signature": createHmac("sha1", call.secret).update(signed).digest("base64") },
      url: signed,
    };
  }
  return { headers: signers[scheme](call), url };
}

const signers: Readonly<Record<Exclude<SignatureScheme, "twilio">, (call: TestCall) => Record<string, string>>> = {
  // Standard Webhooks wants its own form of secret; any other goes into the header as it is.
  auto: (call) => (call.secret.startsWith("whsec_") ? signers.standard_webhooks(call) : signers.shared_secret(call)),
  standard_webhooks: ({ secret, id, at, body }) => {
    const key = secret.startsWith("whsec_") ? secret : `whsec_${Buffer.from(secret).toString("base64")}`;
    return signWebhook({ secret: key, id, at, body });
  },
  github: ({ secret, body }) => ({ "x-hub-signature-256": `sha256=${mac(secret, body).digest("hex")}` }),
  stripe({ secret, at, body }) {
    const time = String(Math.floor(at / 1000));
    return { "stripe-signature": `t=${time},v1=${mac(secret, `${time}.${body}`).digest("hex")}` };
  },
  shopify: ({ secret, body }) => ({ "x-shopify-hmac-sha256": mac(secret, body).digest("base64") }),
  slack({ secret, at, body }) {
    const time = String(Math.floor(at / 1000));
    return {
      "x-slack-request-timestamp": time,
      "x-slack-signature": `v0=${mac(secret, `v0:${time}:${body}`).digest("hex")}`,
    };
  },
  shared_secret: ({ secret }) => ({ "x-webhook-secret": secret }),
};

function mac(secret: string, text: string) {
  return createHmac("sha256", secret).update(text);
}
