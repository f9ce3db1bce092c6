import { afterAll, describe, expect, test } from "vitest";
import { Webhook } from "standardwebhooks";
import { createHttpClient } from "../http/http-client";
import { loopbackServer } from "../http/loopback.testkit";
import { parsePrivateHosts } from "../http/private-hosts";
import { createMailer } from "../mail/mailer";
import { smtpServer } from "../mail/smtp-server.testkit";
import { createWebhookSecret } from "../webhooks/signature";
import { createChannelSender } from "./channel-sender";
import type { Delivery } from "@/core/delivery";

const httpClient = createHttpClient({ privateHosts: parsePrivateHosts("127.0.0.1") });
afterAll(() => httpClient.close());
const clock = { now: Date.now };
const sender = (options: Partial<Parameters<typeof createChannelSender>[0]> = {}) =>
  createChannelSender({ demo: false, sendMail: null, httpClient, clock, ...options });

const secret = createWebhookSecret();
const delivery = (fields: Partial<Delivery>): Delivery => ({
  id: "0190-d1",
  organizationId: "org",
  kind: "message",
  channel: "email",
  address: "jane@acme.com",
  subject: "Hello",
  body: "It is done.",
  payload: null,
  signingSecret: null,
  subscriptionId: null,
  isWanted: true,
  status: "pending",
  attempts: 0,
  createdAt: Date.UTC(2026, 0, 1),
  ...fields,
});
const hook = (address: string, fields: Partial<Delivery> = {}): Delivery =>
  delivery({
    kind: "webhook",
    channel: "webhook",
    address,
    subject: "kyc.completed",
    payload: { customerId: "c-1" },
    signingSecret: secret,
    ...fields,
  });

describe("messages", () => {
  test("demo mode captures every message channel, and sends nothing", async () => {
    const reached = await loopbackServer((_request, response) => response.end());
    for (const channel of ["email", "whatsapp", "telegram", "sms", "slack", "in_app"]) {
      expect(await sender({ demo: true })(delivery({ channel, address: reached.origin }))).toEqual({
        status: "captured",
        response: null,
      });
    }
    expect(reached.requests).toEqual([]);
    await reached.close();
  });

  test("F-30 e-mail goes out over SMTP with a Message-ID that repeats", async () => {
    const smtp = await smtpServer();
    const mailer = createMailer({ smtpUrl: smtp.url, from: "Holdpoint <no-reply@holdpoint.test>" });
    const send = sender({ sendMail: mailer.send });
    const mail = delivery({ subject: "Grüße\r\nBcc: evil@acme.com", body: "Line one\n.\nLine three" });
    expect(await send(mail)).toMatchObject({ status: "delivered" });
    expect(await send(mail)).toMatchObject({ status: "delivered" });
    expect(smtp.messages).toMatchObject([
      { from: "no-reply@holdpoint.test", to: ["jane@acme.com"] },
      { to: ["jane@acme.com"] },
    ]);
    expect(smtp.messages[0]?.data).toContain("Message-ID: <0190-d1@holdpoint>");
    expect(smtp.messages[0]?.data).not.toMatch(/^Bcc:/im);
    expect(await send(delivery({ address: "jane@acme.com, evil@acme.com" }))).not.toMatchObject({ status: "captured" });
    expect(smtp.messages.flatMap(({ to }) => to)).not.toContain("evil@acme.com");
    mailer.close();
    await smtp.close();
  });

  test("a final no is dead, a passing one may be tried again", async () => {
    const smtp = await smtpServer((recipient) =>
      recipient.startsWith("never") ? "550 No such person" : "451 Later please",
    );
    const mailer = createMailer({ smtpUrl: smtp.url, from: "a@holdpoint.test" });
    const send = sender({ sendMail: mailer.send });
    expect(await send(delivery({ address: "never@acme.com" }))).toMatchObject({
      status: "dead",
      error: expect.stringContaining("550") as unknown,
    });
    expect(await send(delivery({ address: "later@acme.com" }))).toMatchObject({
      status: "failed",
      error: expect.stringContaining("451") as unknown,
    });
    mailer.close();
    await smtp.close();
    expect(await send(delivery({}))).toMatchObject({ status: "failed" });
  });

  test("channels without a provider say so; in-app needs none", async () => {
    expect(await sender()(delivery({}))).toMatchObject({
      status: "dead",
      error: expect.stringContaining("SMTP_URL") as unknown,
    });
    for (const channel of ["whatsapp", "sms", "telegram", "__proto__"])
      expect(await sender()(delivery({ channel }))).toMatchObject({
        status: "dead",
        error: expect.stringContaining(channel) as unknown,
      });
    expect(await sender()(delivery({ channel: "in_app" }))).toEqual({ status: "delivered", response: null });
  });

  test("F-29 Slack takes a post to its incoming webhook", async () => {
    const slack = await loopbackServer((request, response) =>
      response.writeHead(request.url === "/gone" ? 404 : request.url === "/busy" ? 503 : 200).end("ok"),
    );
    expect(await sender()(delivery({ channel: "slack", address: slack.origin }))).toMatchObject({
      status: "delivered",
    });
    expect(slack.requests[0]).toMatchObject({ method: "POST", body: '{"text":"*Hello*\\nIt is done."}' });
    expect(await sender()(delivery({ channel: "slack", address: `${slack.origin}/busy` }))).toMatchObject({
      status: "failed",
    });
    expect(await sender()(delivery({ channel: "slack", address: `${slack.origin}/gone` }))).toMatchObject({
      status: "dead",
    });
    expect(await sender()(delivery({ channel: "slack", address: "http://169.254.169.254/" }))).toMatchObject({
      status: "dead",
    });
    await slack.close();
  });
});

describe("webhooks", () => {
  test("K-28 are POSTs signed by Standard Webhooks, the same bytes and id on every try, also in demo mode", async () => {
    const receiver = await loopbackServer((_request, response) => response.end('{"thanks":true}'));
    for (const demo of [false, true])
      expect(await sender({ demo })(hook(receiver.origin))).toMatchObject({
        status: "delivered",
        response: { status: 200, body: '{"thanks":true}' },
      });
    expect(receiver.requests).toHaveLength(2);
    for (const { method, headers, body } of receiver.requests) {
      expect(method).toBe("POST");
      expect(headers["webhook-id"]).toBe("0190-d1");
      expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toEqual({
        type: "kyc.completed",
        timestamp: "2026-01-01T00:00:00.000Z",
        data: { customerId: "c-1" },
      });
    }
    await receiver.close();
  });

  test.each([
    [200, "delivered"],
    [204, "delivered"],
    [301, "failed"],
    [400, "failed"],
    [404, "failed"],
    [429, "failed"],
    [500, "failed"],
    [503, "failed"],
    [410, "dead"],
  ])("an answer of %i means %s", async (status, expected) => {
    const receiver = await loopbackServer((_request, response) =>
      response.writeHead(status, { "retry-after": "7" }).end("x".repeat(10_000)),
    );
    const result = await sender()(hook(receiver.origin));
    expect(result).toMatchObject({ status: expected, response: { status } });
    expect(JSON.stringify(result).length).toBeLessThan(6000);
    if (expected === "failed") expect(result).toMatchObject({ retryAfterMs: 7000 });
    if (status === 410) expect(result).toMatchObject({ isGone: true });
    await receiver.close();
  });

  test("S9 private addresses, unwanted and unsigned deliveries are dead at once; no connection may be tried again", async () => {
    const receiver = await loopbackServer((_request, response) => response.end());
    expect(await sender()(hook("http://169.254.169.254/"))).toMatchObject({ status: "dead" });
    expect(await sender()(hook("file:///etc/passwd"))).toMatchObject({ status: "dead" });
    expect(await sender()(hook(receiver.origin, { isWanted: false }))).toMatchObject({ status: "dead" });
    expect(await sender()(hook(receiver.origin, { signingSecret: null }))).toMatchObject({ status: "dead" });
    expect(receiver.requests).toEqual([]);
    await receiver.close();
    expect(await sender()(hook(receiver.origin))).toMatchObject({ status: "failed" });
  });
});
