import { afterAll, expect, test } from "vitest";
import { connectorCatalog } from "@/connectors/definitions";
import { channelFace } from "@/components/mailbox/channel-face";
import type { ChannelDefinition, ChannelDefinitions } from "@/core/channel-definition";
import type { ChannelSend } from "@/core/channel-send";
import type { Delivery } from "@/core/delivery";
import { addressesOn } from "@/core/directory";
import { newId } from "@/core/ids";
import { defaultConfig } from "@/core/workflow/document";
import { importSpec } from "@/core/workflow/import";
import { validateSpec } from "@/core/workflow/validate";
import { createChannelSender } from "@/server/integrations/channels/channel-sender";
import { createHttpClient } from "@/server/integrations/http/http-client";
import { loopbackServer } from "@/server/integrations/http/loopback.testkit";
import { parsePrivateHosts } from "@/server/integrations/http/private-hosts";
import { stepDefinitions } from "@/steps/definitions";
import { createNotifyDefinition } from "@/steps/notify/definition";
import { createNotify } from "@/steps/notify/execute";
import { stepContext } from "@/steps/step-context.testkit";
import { triggerDefinitions } from "@/triggers/definitions";
import { toyFolder } from "@/tests/toy-folder";
import { channelDefinitions, findChannel } from "./definitions";
import { channelSenders, findSender } from "./senders";

const toy = toyFolder({
  "pigeon/definition.ts": `
    import { defineChannel } from "@/channels/define-channel";
    export const pigeonChannel = defineChannel({
      id: "pigeon", label: "Pigeon post", icon: "send", look: "letter", address: "phone",
      isAddress: (text) => text.startsWith("loft:"),
    });`,
  "pigeon/send.ts": `
    import type { ChannelSend } from "@/core/channel-send";
    import { pigeonChannel } from "./definition";
    export const sendPigeon: ChannelSend = async ({ address, body }, { post }) => {
      const result = await post({ receiver: pigeonChannel.label, url: address, headers: {}, body, timeoutMs: 60_000 });
      return "error" in result
        ? { status: "failed", error: result.error.message, response: null }
        : { status: "delivered", response: { status: result.response.status } };
    };`,
});
afterAll(() => toy.remove());

const pigeon = (await toy.load("pigeon/definition.ts"))["pigeonChannel"] as ChannelDefinition;
const sendPigeon = (await toy.load("pigeon/send.ts"))["sendPigeon"] as ChannelSend;
// The two lines that somebody adds.
const channels: ChannelDefinitions = { ...channelDefinitions, pigeon };
const senders = { ...channelSenders, pigeon: sendPigeon };

const steps = { ...stepDefinitions, notify: createNotifyDefinition(channels) };
const document = {
  startNodeId: "tell",
  nodes: [{ id: "tell", type: "notify", channels: ["Pigeon", "email"], to: "jane@acme.com", message: "Done" }],
  edges: [],
};
const problems = (definitions: typeof steps) => {
  const imported = importSpec(document, definitions);
  if (!imported.ok) throw new Error(JSON.stringify(imported.issues));
  return validateSpec(imported.spec, {
    definitions,
    triggerDefinitions,
    connectors: connectorCatalog,
    connections: null,
    triggers: null,
    config: defaultConfig,
  }).filter(({ severity }) => severity === "error");
};

test("a step that notifies takes a new channel, shows its name and writes to its address", async () => {
  expect(problems(steps)).toEqual([]);
  expect(problems(stepDefinitions)).toMatchObject([{ path: expect.stringContaining("channels") }]);
  const { context } = stepContext(
    steps.notify,
    { channels: ["pigeon"], to: "jane@acme.com", message: "Done" },
    { addresses: { "jane@acme.com": { pigeon: ["+15550100"] } } },
  );
  expect(await createNotify(channels).execute(context)).toMatchObject({
    kind: "completed",
    summary: "Pigeon post",
    outbox: [{ kind: "message", channel: "pigeon", address: "+15550100", body: "Done" }],
  });
});

test("the address of a person on it is looked up, and its own kind of address is taken", async () => {
  const member = { userId: newId(), name: "Ann", email: "ann@acme.com", role: "builder", businessRoles: [] };
  const known = { members: [member], teams: [], roles: [] };
  const jane = { email: "jane@acme.com", phone: "+15550100" };
  const of = (to: string) =>
    addressesOn(pigeon, to, known, (ref) => Promise.resolve(ref === "jane@acme.com" ? jane : null));
  expect(await of("jane@acme.com")).toEqual(["+15550100"]);
  expect(await of("loft:north")).toEqual(["loft:north"]);
  expect(await of("ann@acme.com")).toEqual([]);
  expect(await of("#north")).toEqual([]);
});

test("its messages are sent, and a failure speaks of it by name", async () => {
  const loft = await loopbackServer((_request, response) => response.end());
  const httpClient = createHttpClient({ privateHosts: parsePrivateHosts("127.0.0.1") });
  const send = createChannelSender({ demo: false, sendMail: null, httpClient, clock: { now: () => 0 }, senders });
  const delivery: Delivery = {
    id: newId(),
    organizationId: newId(),
    kind: "message",
    channel: "pigeon",
    address: loft.origin,
    subject: null,
    body: "Done",
    payload: null,
    signingSecret: null,
    subscriptionId: null,
    isWanted: true,
    status: "pending",
    attempts: 0,
    createdAt: 0,
  };
  expect(await send(delivery)).toEqual({ status: "delivered", response: { status: 200 } });
  expect(loft.requests).toMatchObject([{ method: "POST", body: "Done" }]);
  await loft.close();
  expect(await send(delivery)).toMatchObject({
    status: "failed",
    error: expect.stringContaining("the Pigeon post address of whoever is to be told"),
  });
  await httpClient.close();
});

test("the mailbox shows it as its readers see it", () => {
  expect(channelFace("pigeon", channels)).toMatchObject({ label: "Pigeon post", icon: "send", look: "letter" });
  expect(channelFace("pigeon")).toEqual({ label: "pigeon", icon: "message-circle", look: "bubble" });
});

test("every folder stands in the registry under its own name, and no name of Object.prototype is one", () => {
  for (const [id, channel] of Object.entries(channelDefinitions)) expect(channel.id).toBe(id);
  for (const id of Object.keys(channelSenders)) expect(findChannel(id)).not.toBeNull();
  for (const id of ["__proto__", "constructor", "toString"])
    expect([findChannel(id), findSender(id)]).toEqual([null, null]);
});
