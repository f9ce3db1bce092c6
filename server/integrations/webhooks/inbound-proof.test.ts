import { createHash, createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { signatureSchemes, type SignatureScheme } from "@/core/workflow/trigger-words";
import { isGenuine, whyNotGenuine } from "./inbound-proof";
import { signAsSender } from "./sign-as-sender";
import { createWebhookSecret, signWebhook } from "./signature";

const now = Date.UTC(2026, 10, 21, 8);
const seconds = String(now / 1000);
const secret = createWebhookSecret();
const body = '{"a":"ü"}';
const address = "https://holdpoint.test/api/hooks/token?tenant=7";

interface Case {
  with?: string;
  raw?: string | Buffer;
  at?: number;
  url?: string;
  scheme?: SignatureScheme;
}

function genuine(
  headers: Record<string, string>,
  { with: key = secret, raw = body, at = now, url = address, scheme = "auto" }: Case = {},
): boolean {
  return isGenuine(key, { headers: new Headers(headers), body: Buffer.from(raw), url }, scheme, at);
}

const mac = (text: string, key = secret) => createHmac("sha256", key).update(text);
const standard = signWebhook({ secret, id: "m-1", at: now, body });
const svix = Object.fromEntries(
  Object.entries(standard).map(([name, value]) => [name.replace("webhook-", "svix-"), value]),
);
const hub = { "x-hub-signature-256": `sha256=${mac(body).digest("hex")}` };
const stripe = { "stripe-signature": `t=${seconds},v1=${mac(`${seconds}.${body}`).digest("hex")}` };
const slack = {
  "x-slack-request-timestamp": seconds,
  "x-slack-signature": `v0=${mac(`v0:${seconds}:${body}`).digest("hex")}`,
};
const shopify = { "x-shopify-hmac-sha256": mac(body).digest("base64") };
const shared = { "x-webhook-secret": secret };
const all = { standard, svix, hub, stripe, slack, shopify, shared };

describe("M-17 S10 K2 inbound proof", () => {
  test.each(Object.entries(all))("%s is accepted, and only with this secret and body", (name, headers) => {
    expect(genuine(headers)).toBe(true);
    expect(genuine(headers, { raw: Buffer.from(body) })).toBe(true);
    expect(genuine(headers, { with: createWebhookSecret() })).toBe(false);
    expect(genuine(headers, { with: "" })).toBe(false);
    expect(genuine(headers, { raw: `${body} ` })).toBe(name === "shared");
  });

  test.each(Object.entries(all))("no prefix or changed character of %s is accepted", (_name, headers) => {
    for (const [name, value] of Object.entries(headers)) {
      if (name.endsWith("id") || name.endsWith("timestamp")) continue;
      for (let index = 0; index < value.length; index += 1) {
        expect(genuine({ ...headers, [name]: value.slice(0, index) })).toBe(false);
        const other = value[index]?.toLowerCase() === "a" ? "b" : "a";
        expect(genuine({ ...headers, [name]: `${value.slice(0, index)}${other}${value.slice(index + 1)}` })).toBe(
          false,
        );
      }
    }
  });

  test.each(Object.entries({ standard, svix, stripe, slack }))("%s is good for five minutes", (_name, headers) => {
    for (const shift of [-301_000, 301_000]) expect(genuine(headers, { at: now + shift })).toBe(false);
    for (const shift of [-299_000, 299_000]) expect(genuine(headers, { at: now + shift })).toBe(true);
  });

  test("a time that cannot be read is refused", () => {
    for (const timestamp of ["", "soon", "-1", `${seconds}.5`, "1e9", "99999999999999"]) {
      expect(genuine({ ...standard, "webhook-timestamp": timestamp })).toBe(false);
      expect(genuine({ ...slack, "x-slack-request-timestamp": timestamp })).toBe(false);
      expect(genuine({ "stripe-signature": `t=${timestamp},v1=${mac(`${timestamp}.${body}`).digest("hex")}` })).toBe(
        false,
      );
    }
  });

  test("several signatures: one right one is enough, another scheme's is not", () => {
    expect(genuine({ ...standard, "webhook-signature": `v1,AAAA ${standard["webhook-signature"] ?? ""}` })).toBe(true);
    const right = mac(`${seconds}.${body}`).digest("hex");
    expect(genuine({ "stripe-signature": `t=${seconds},v1=${"0".repeat(64)},v1=${right},v0=${right}` })).toBe(true);
    expect(genuine({ "stripe-signature": `t=${seconds}, v1=${right}` })).toBe(true);
    expect(genuine({ "stripe-signature": `t=${seconds},v0=${right}` })).toBe(false);
  });

  test("hex is taken in any case", () => {
    expect(genuine({ "x-hub-signature-256": `sha256=${mac(body).digest("hex").toUpperCase()}` })).toBe(true);
    expect(
      genuine({ "stripe-signature": `t=${seconds},v1=${mac(`${seconds}.${body}`).digest("hex").toUpperCase()}` }),
    ).toBe(true);
  });

  test("the first scheme that is there decides, and a trigger may insist on one", () => {
    expect(genuine({ ...standard, "webhook-id": "m-2", ...shared })).toBe(false);
    expect(genuine(shared, { scheme: "stripe" })).toBe(false);
    expect(genuine({ ...shared, ...stripe }, { scheme: "stripe" })).toBe(true);
    expect(genuine({})).toBe(false);
    expect(genuine({ "x-webhook-secret": "" }, { with: "" })).toBe(false);
  });

  test("a test call is signed as each sender would", () => {
    for (const key of [secret, "a plain secret"])
      for (const scheme of signatureSchemes) {
        const { headers, url } = signAsSender(scheme, { secret: key, id: "t-1", at: now, body, url: address });
        expect([scheme, genuine(headers, { with: key, url, scheme })]).toEqual([scheme, true]);
      }
  });

  test("a secret that is not of Standard Webhooks signs as it is", () => {
    const plain = "not base64 with spaces";
    const own = mac(`m-1.${seconds}.${body}`, plain).digest("base64");
    expect(genuine({ ...standard, "webhook-signature": `v1,${own}` }, { with: plain })).toBe(true);
  });

  test("Twilio signs the address with the sorted fields of a form, or with the hash of any other body", () => {
    const sign = (text: string) => createHmac("sha1", secret).update(text).digest("base64");
    const form = "From=%2B4930&Body=hi+there&A=1";
    const typed = { "content-type": "application/x-www-form-urlencoded" };
    const signed = { ...typed, "x-twilio-signature": sign(`${address}A1Bodyhi thereFrom+4930`) };
    expect(genuine(signed, { raw: form })).toBe(true);
    expect(genuine(signed, { raw: `${form}2` })).toBe(false);
    const url = `${address}&bodySHA256=${createHash("sha256").update(body).digest("hex")}`;
    const json = { "content-type": "application/json", "x-twilio-signature": sign(url) };
    expect(genuine(json, { url })).toBe(true);
    expect(genuine(json, { url, raw: "{}" })).toBe(false);
  });
});

describe("why a call is not genuine, for its webhook's owner", () => {
  const why = (headers: Record<string, string>, { at = now, scheme = "auto" }: Case = {}) =>
    whyNotGenuine({ headers: new Headers(headers), body: Buffer.from(body), url: address }, scheme, at);

  test.each<[string, Record<string, string>, Case, string]>([
    ["nothing was sent", {}, {}, "none of the headers webhook-signature, svix-signature, stripe-signature"],
    ["another header than the trigger names", hub, { scheme: "slack" }, "the header x-slack-signature was sent"],
    ["too old", stripe, { at: now + 600_000 }, "signed 600 seconds before it came, and 300 are allowed"],
    ["from the future", slack, { at: now - 301_000 }, "signed 301 seconds after it came"],
    ["no time", { "stripe-signature": "v1=00" }, {}, "does not say when it was signed, as a signature in stripe-"],
    ["another secret", hub, {}, "The proof in x-hub-signature-256 does not fit"],
    ["a svix signature of another secret", svix, {}, "The proof in svix-signature does not fit"],
  ])("%s", (_name, headers, given, words) => {
    expect(why(headers, given)).toContain(words);
  });
});
