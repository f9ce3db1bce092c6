import { beforeAll, describe, expect, it } from "vitest";
import { createCaller } from "@/server/routes/root";
import { addTestMember } from "@/server/auth/identity.testkit";
import { rest } from "@/server/api/rest/client.testkit";
import type { UserActor } from "@/server/db/tenant";
import { hotPool } from "@/server/db/pools";
import { exportDocument, importDocument, duplicateWorkflow, readImport } from "@/server/modules/library/service";
import { restoreWorkflow, trashWorkflow } from "@/server/modules/library/service";
import { post } from "@/server/modules/webhooks/webhooks.testkit";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";
import { triggersApi } from "./triggers.testkit";

const bench = useWorkflowBench();
const owner = () => bench.north().members.owner.actor;
const api = (actor: UserActor = owner()) => triggersApi(actor);
const hook = { id: "hook", type: "webhook" };
const secret = "a-long-secret";
const proof = { "x-webhook-secret": secret };
const state = async (slug: string) => (await api().state({ slug })).triggers[0];
const url = async (slug: string): Promise<string> => (await state(slug))?.url ?? "";
const publish = (slug: string) => bench.call("POST", `/api/workflows/${slug}/publish`);
const answers = async (address: string) => [
  (await post(address, "{}")).status,
  (await post(address, "{}", proof)).status,
];
const runsOf = async (slug: string) =>
  (await bench.call("GET", `/api/workflows/${slug}/executions`)).json.data.executions.length;
const audited = async (action: string) =>
  (await hotPool().query("select data from audit_entries where action = $1 order by id", [action])).rows;

async function liveWithSecret(slug: string, trigger: object = {}): Promise<string> {
  await bench.createLive(slug, { triggers: [{ ...hook, ...trigger }] });
  await api().setSecret({ slug, triggerId: "hook", secret });
  return url(slug);
}

let second: UserActor;
beforeAll(async () => {
  second = (
    await addTestMember({ organizationId: bench.north().id, role: "owner", email: "second@north.holdpoint.test" })
  ).actor;
});

describe("M3 a webhook fails closed", () => {
  it("a trigger that says signed takes nothing while it has no secret, and starts nothing", async () => {
    await bench.createLive("closed", { triggers: [{ ...hook, callers: "signed" }] });
    const refused = await post(await url("closed"), "{}", proof);
    expect([refused.status, refused.json.error.code, await runsOf("closed")]).toEqual([401, "invalid_signature", 0]);
    expect(await state("closed")).toMatchObject({ hasSecret: false, needsProof: true });
  });

  it("a removed secret closes the address; only a version that says so in words opens it", async () => {
    const address = await liveWithSecret("removed");
    expect(await answers(address)).toEqual([401, 202]);
    await api().setSecret({ slug: "removed", triggerId: "hook", secret: null });
    expect(await answers(address)).toEqual([401, 401]);
    await bench.call("PATCH", "/api/workflows/removed", { triggers: [{ ...hook, callers: "anyone" }] });
    await publish("removed");
    expect(await answers(address)).toEqual([202, 202]);
  });

  it("a webhook that never had a secret and says nothing stays as open as it was", async () => {
    await bench.createLive("as-before", { triggers: [hook] });
    expect(await answers(await url("as-before"))).toEqual([202, 202]);
    expect(await state("as-before")).toMatchObject({ needsProof: false });
  });

  it("trash, restore, publish and rollback keep the secret", async () => {
    const address = await liveWithSecret("lives-on");
    const { id } = await trashWorkflow(owner(), "lives-on");
    await restoreWorkflow(owner(), id);
    await publish("lives-on");
    expect(await answers(address)).toEqual([401, 202]);
    await bench.call("PATCH", "/api/workflows/lives-on", { triggers: [{ id: "by-hand", type: "manual" }] });
    await publish("lives-on");
    await bench.call("POST", "/api/workflows/lives-on/rollback", { version: 1 });
    expect(await answers(address)).toEqual([401, 202]);
  });

  it.each(["", null, "another-secret"])("a document cannot set, change or clear it: secret %j", async (given) => {
    const slug = `document-${String(given?.length)}`;
    const address = await liveWithSecret(slug);
    for (const body of [
      { triggers: [{ ...hook, secret: given }] },
      { triggerType: "webhook", triggerSpec: { id: "hook", secret: given } },
    ]) {
      const refused = await bench.call("PATCH", `/api/workflows/${slug}`, body);
      expect([refused.status, refused.json.error.details[0].code]).toEqual([422, "secret_in_document"]);
    }
    expect(await answers(address)).toEqual([401, 202]);
  });

  it("a copy, an export and an import need a secret of their own before they take anything", async () => {
    await liveWithSecret("original");
    const copy = await duplicateWorkflow(owner(), "original");
    const { json } = await exportDocument(owner(), { slug: "original", version: "draft" });
    expect(json).not.toContain(secret);
    const imported = await importDocument(owner(), json);
    const withSecret = JSON.stringify({ name: "File", spec: JSON.parse(json).spec, triggers: [{ ...hook, secret }] });
    const fromFile = await importDocument(owner(), withSecret);
    expect((await readImport(owner(), withSecret)).problems).toMatchObject([
      { code: "secret_in_document", severity: "warning" },
    ]);
    for (const { slug } of [copy, imported, fromFile]) {
      await publish(slug);
      expect(await answers(await url(slug)), slug).toEqual([401, 401]);
    }
  });

  it("reading a workflow and sending it to another instance does not open the address there", async () => {
    await liveWithSecret("shown");
    const { triggers, spec } = (await bench.call("GET", "/api/workflows/shown")).json.data.workflow;
    await bench.createLive("sent-on", { triggers, spec });
    expect(await answers(await url("sent-on"))).toEqual([401, 401]);
  });
});

describe("M3 the secret is changed by an act of its own", () => {
  it("which needs the right to publish, over REST too", async () => {
    const address = await liveWithSecret("by-right");
    const writer = await bench.call("POST", "/api/v1/api-keys", {
      name: "writes only",
      scopes: ["workflows:read", "workflows:write"],
    });
    const key: string = writer.json.key ?? writer.json.secret ?? writer.json.token;
    const path = "/api/workflows/by-right/triggers/hook/secret";
    const refused = await rest(key, "PUT", path, { secret: null });
    expect([refused.status, refused.json.error.code]).toEqual([403, "missing_scope"]);
    const changed = await bench.call("PUT", path, { secret: "another-secret" });
    expect(changed.json).toEqual({ data: { secret: "set" } });
    expect(await answers(address)).toEqual([401, 401]);
    expect((await post(address, "{}", { "x-webhook-secret": "another-secret" })).status).toBe(202);
  });

  it("and waits for a second person where publishing does", async () => {
    const address = await liveWithSecret("reviewed");
    await createCaller({ actor: owner(), requestId: "test" }).drafts.setReviewRequired({ slug: "reviewed", on: true });
    const of = { slug: "reviewed", triggerId: "hook" };
    expect(await api().setSecret({ ...of, secret: null })).toBe("asked");
    expect(await answers(address)).toEqual([401, 202]);
    const asked = (await state("reviewed"))?.askedSecret;
    expect(asked).toMatchObject({ byYou: true, removes: true });
    const askedAt = asked?.at ?? "";
    await expect(api().decideSecret({ ...of, askedAt, decision: "approve" })).rejects.toThrow("somebody else");
    await expect(
      api(second).decideSecret({ ...of, askedAt: "2026-01-01T00:00:00.000Z", decision: "approve" }),
    ).rejects.toThrow("is another one now");
    expect(await api(second).decideSecret({ ...of, askedAt, decision: "approve" })).toBe("removed");
    expect(await answers(address)).toEqual([401, 401]);
    expect((await state("reviewed"))?.askedSecret).toBeNull();
    expect(await audited("webhook.secret_change_asked")).toHaveLength(1);
    expect((await audited("webhook.secret_removed")).at(-1)?.data).toMatchObject({ askedBy: owner().userId });
  });

  it("a change that was asked for can be refused or taken back, and then nothing has changed", async () => {
    const address = await liveWithSecret("refused");
    await createCaller({ actor: owner(), requestId: "test" }).drafts.setReviewRequired({ slug: "refused", on: true });
    const of = { slug: "refused", triggerId: "hook" };
    for (const decider of [second, owner()]) {
      await api().setSecret({ ...of, secret: "another-secret" });
      const askedAt = (await state("refused"))?.askedSecret?.at ?? "";
      expect(await api(decider).decideSecret({ ...of, askedAt, decision: "reject" })).toBe("dropped");
    }
    expect(await answers(address)).toEqual([401, 202]);
    expect(await audited("webhook.secret_change_rejected")).toHaveLength(1);
    expect(await audited("webhook.secret_change_withdrawn")).toHaveLength(1);
  });
});
