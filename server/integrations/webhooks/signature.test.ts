import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { callbackSecret, createWebhookSecret, signWebhook } from "./signature";

const secret = createWebhookSecret();
const body = '{"a":"ü"}';

describe("outbound signatures", () => {
  test("are accepted by the reference library, and only with this secret and body", () => {
    // The library compares with the real clock.
    const headers = signWebhook({ secret, id: "d-1", at: Date.now(), body });
    expect(new Webhook(secret).verify(body, headers)).toEqual({ a: "ü" });
    expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow();
    expect(() => new Webhook(createWebhookSecret()).verify(body, headers)).toThrow();
  });

  test("B-30 while a secret is rotated, receivers with the old one and with the new one believe us", () => {
    const previousSecret = createWebhookSecret();
    const headers = signWebhook({ secret, previousSecret, id: "d-1", at: Date.now(), body });
    for (const each of [secret, previousSecret]) expect(new Webhook(each).verify(body, headers)).toEqual({ a: "ü" });
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
