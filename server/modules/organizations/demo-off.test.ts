import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { createCaller } from "@/server/routes/root";
import { closeDemoUnlessOn } from "@/server/auth/demo-organizations";
import { forgetApiKeys } from "@/server/auth/api-key";
import { addTestMember, storedPassword } from "@/server/auth/identity.testkit";
import { actorFromCookies } from "@/server/auth/session";
import { signIn } from "@/server/auth/sign-in";
import { hotPool } from "@/server/db/pools";
import { forgetEnv } from "@/server/env";
import { receiveWebhook } from "@/server/modules/webhooks/service";
import { small, useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";

const bench = useWorkflowBench();
const anybody = createCaller({ actor: null, requestId: "test" });
const password = "printed once, long ago";
const closed = /demo organization, and the demo is off here/;
let tokens: { form: string; hook: string; customer: string };

/** As the web process does when it starts. */
async function startWith(demo: "on" | "off"): Promise<void> {
  process.env["HOLDPOINT_DEMO"] = demo;
  forgetEnv();
  forgetApiKeys();
  await closeDemoUnlessOn();
}

beforeAll(async () => {
  await addTestMember({
    organizationId: bench.north().id,
    role: "owner",
    email: "demo@north.holdpoint.test",
    passwordHash: storedPassword(password),
  });
  await bench.createLive("asks", {
    ...small("asks"),
    triggers: [
      { id: "form", type: "form" },
      { id: "hook", type: "webhook" },
    ],
  });
  const owner = createCaller({ actor: bench.north().members.owner.actor, requestId: "test" });
  const urls = (await owner.triggers.state({ slug: "asks" })).triggers.map(({ url }) => url ?? "");
  const conversation = await bench.call("POST", "/api/v1/conversations", {
    contact: { name: "Jane", email: "jane@acme.com" },
    subject: "Plan",
  });
  const tail = (part: string): string => urls.find((url) => url.includes(part))?.split(part)[1] ?? "";
  tokens = { form: tail("/f/"), hook: tail("/api/hooks/"), customer: conversation.json.link.split("/c/")[1] };
  await hotPool().query("update organizations set is_demo = true where id = $1", [bench.north().id]);
});
afterEach(() => startWith("on"));

const enter = () =>
  signIn({ email: "demo@north.holdpoint.test", password }, { address: "10.0.0.1", device: "Test", deviceToken: null });
const call = () =>
  receiveWebhook(tokens.hook, {
    method: "POST",
    url: `http://127.0.0.1:3000/api/hooks/${tokens.hook}`,
    headers: new Headers({ "content-type": "application/json" }),
    bytes: Buffer.from("{}"),
  });

describe("C1 the demo's organization", () => {
  it("lets its people, keys and links in while the demo is on", async () => {
    await startWith("on");
    expect(await enter()).toMatchObject({ email: "demo@north.holdpoint.test" });
    expect(await actorFromCookies(bench.north().members.owner.cookie)).not.toBeNull();
    expect((await rest(bench.north().members.owner.apiKey, "GET", "/api/workflows")).status).toBe(200);
    expect(await anybody.conversations.byToken({ token: tokens.customer })).toMatchObject({ organization: "north" });
    expect(await anybody.triggers.intake({ token: tokens.form })).toMatchObject({ organization: "north" });
    expect(await call()).toMatchObject({ status: 202 });
  });

  it("refuses all of them with a sentence once it is off, whoever still knows them", async () => {
    await startWith("off");
    await expect(enter()).rejects.toThrow(closed);
    expect(await actorFromCookies(bench.north().members.owner.cookie)).toBeNull();
    const answer = await rest(bench.north().members.owner.apiKey, "GET", "/api/workflows");
    expect([answer.status, answer.json.error.message]).toEqual([403, expect.stringMatching(closed)]);
    await expect(anybody.conversations.byToken({ token: tokens.customer })).rejects.toThrow(closed);
    await expect(anybody.conversations.send({ token: tokens.customer, body: "Hello" })).rejects.toThrow(closed);
    await expect(anybody.triggers.intake({ token: tokens.form })).rejects.toThrow(closed);
    await expect(
      anybody.triggers.submitIntake({ token: tokens.form, values: {}, submissionId: randomUUID() }),
    ).rejects.toThrow(closed);
    // Machines get the answer of an address that nobody has.
    await expect(call()).rejects.toMatchObject({ code: "not_found", message: "There is no webhook at this address." });
  });

  it("is the only one that is closed, and tells nobody whose password it was", async () => {
    await startWith("off");
    expect((await rest(bench.south().members.owner.apiKey, "GET", "/api/workflows")).status).toBe(200);
    expect(
      await signIn(
        { email: "demo@north.holdpoint.test", password: "a guess" },
        { address: "10.0.0.2", device: "Test", deviceToken: null },
      ),
    ).toBeNull();
  });
});
