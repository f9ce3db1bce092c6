import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { callbackSecret, createWebhookSecret, inboundProof, isGenuine, signWebhook } from "./signature";

const now = Date.UTC(2026, 10, 21, 8);
const secret = createWebhookSecret();
const body = '{"a":"ü"}';

function genuine(
  headers: Record<string, string>,
  { with: key = secret, raw = body, at = now }: { with?: string; raw?: string | Buffer; at?: number } = {},
): boolean {
  return isGenuine(key, raw, inboundProof(new Headers(headers)), at);
}

describe("outbound signatures", () => {
  test("are accepted by the reference library, and only with this secret and body", () => {
    // The library compares with the real clock.
    const headers = signWebhook({ secret, id: "d-1", at: Date.now(), body });
    expect(new Webhook(secret).verify(body, headers)).toEqual({ a: "ü" });
    expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow();
    expect(() => new Webhook(createWebhookSecret()).verify(body, headers)).toThrow();
  });

  test("B-6 a callback secret is one per run and usable", () => {
    const run = { organizationId: "org-1", runId: "run-1" };
    expect(callbackSecret("master", run)).toBe(callbackSecret("master", { ...run }));
    const all = [
      callbackSecret("master", run),
      callbackSecret("master", { ...run, runId: "run-2" }),
      callbackSecret("master", { ...run, organizationId: "org-2" }),
      callbackSecret("other", run),
    ];
    expect(new Set(all).size).toBe(4);
    const own = callbackSecret("master", run);
    expect(new Webhook(own).verify(body, signWebhook({ secret: own, id: "x", at: Date.now(), body }))).toEqual({
      a: "ü",
    });
  });
});

describe("M-17 S10 inbound proof", () => {
  const standard = signWebhook({ secret, id: "m-1", at: now, body });
  const hub = { "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}` };

  test("the three ways that are accepted", () => {
    expect(genuine(standard)).toBe(true);
    expect(genuine(standard, { raw: Buffer.from(body) })).toBe(true);
    expect(genuine({ ...standard, "webhook-signature": `v1,AAAA ${standard["webhook-signature"] ?? ""}` })).toBe(true);
    expect(genuine(hub)).toBe(true);
    expect(genuine({ "x-webhook-secret": secret })).toBe(true);
    const plain = "not base64 with spaces";
    const own = createHmac("sha256", plain)
      .update(`m-1.${String(now / 1000)}.${body}`)
      .digest("base64");
    expect(genuine({ ...standard, "webhook-signature": `v1,${own}` }, { with: plain })).toBe(true);
  });

  test("nothing, an empty secret, a stale or unreadable time are refused", () => {
    expect(genuine({})).toBe(false);
    expect(genuine({ "x-webhook-secret": "" }, { with: "" })).toBe(false);
    expect(genuine(hub, { with: "" })).toBe(false);
    for (const shift of [-301_000, 301_000]) expect(genuine(standard, { at: now + shift })).toBe(false);
    for (const shift of [-299_000, 299_000]) expect(genuine(standard, { at: now + shift })).toBe(true);
    for (const timestamp of ["", "soon", "-1", `${String(now / 1000)}.5`, "1e9", "99999999999999"])
      expect(genuine({ ...standard, "webhook-timestamp": timestamp })).toBe(false);
  });

  test("another body, id or secret is refused", () => {
    expect(genuine(standard, { raw: `${body} ` })).toBe(false);
    expect(genuine({ ...standard, "webhook-id": "m-2" })).toBe(false);
    expect(genuine(standard, { with: createWebhookSecret() })).toBe(false);
    expect(genuine(hub, { raw: "{}" })).toBe(false);
    // A wrong standard signature is not saved by another proof.
    expect(genuine({ ...standard, "webhook-id": "m-2", "x-webhook-secret": secret })).toBe(false);
  });

  test("no prefix or changed character of a right proof is accepted", () => {
    for (const [name, value] of [
      ...Object.entries(hub),
      ["x-webhook-secret", secret],
      ["webhook-signature", standard["webhook-signature"] ?? ""],
    ] as const) {
      const rest = name === "webhook-signature" ? standard : {};
      for (let index = 0; index < value.length; index += 1) {
        expect(genuine({ ...rest, [name]: value.slice(0, index) })).toBe(false);
        expect(
          genuine({
            ...rest,
            [name]: `${value.slice(0, index)}${value[index] === "A" ? "B" : "A"}${value.slice(index + 1)}`,
          }),
        ).toBe(false);
      }
    }
  });
});
