import { afterAll, beforeAll, expect, it } from "vitest";
import { signatureSchemes, type SignatureScheme } from "@/core/workflow/trigger-words";
import { signAsSender } from "@/server/integrations/webhooks/sign-as-sender";
import { signWebhook } from "@/server/integrations/webhooks/signature";
import { attack, type Attacked } from "./attacked.testkit";
import { extent, inParallel, report } from "./extent.testkit";

const secret = `whsec_${Buffer.alloc(24, 5).toString("base64")}`;
const body = '{"a":1}';
let target: Attacked;
let path: string;

beforeAll(async () => {
  target = await attack("signatures");
  const spec = { startNodeId: "shape", nodes: [{ id: "shape", type: "transform", expression: 1 }], edges: [] };
  const document = { slug: "signed", name: "signed", spec, triggers: [{ id: "hook", type: "webhook", secret }] };
  await target.send("POST", "/api/workflows", { body: JSON.stringify(document) });
  const { text } = await target.send("POST", "/api/workflows/signed/publish", { body: "{}" });
  path = new URL(JSON.parse(text).data.workflow.triggers[0].url).pathname;
});
afterAll(() => target.close());

const call = (headers: Record<string, string>) => target.send("POST", path, { key: null, body, headers });
const runs = async (): Promise<number> =>
  (await target.rows("select id from runs where organization_id = $1", [target.organization.id])).length;

it("S10 no signature but the right one starts anything, and that one starts it once", async () => {
  const right: Record<string, string> = { ...signWebhook({ secret, id: "msg_right", at: Date.now(), body }) };
  const name = Object.keys(right).find((each) => each.endsWith("signature")) ?? "";
  const signature = right[name] ?? "";
  const stamp = (at: number, id: string): Record<string, string> => ({ ...signWebhook({ secret, id, at, body }) });
  const near = wrongSignatures(signature, extent(10_000, 120)).map((each) => ({ ...right, [name]: each }));
  const other = [
    {},
    { [name]: signature },
    stamp(Date.now() - 301_000, "msg_old"),
    stamp(Date.now() + 3_600_000, "msg_new"),
    stamp(0, "msg_zero"),
    { ...right, "webhook-id": "msg_other" },
    { ...right, "webhook-timestamp": String(Math.floor(Date.now() / 1000) + 1) },
    { ...signWebhook({ secret: `whsec_${Buffer.alloc(24, 6).toString("base64")}`, id: "m", at: Date.now(), body }) },
    { "x-webhook-secret": "" },
    { "x-hub-signature-256": "sha256=" },
    { authorization: "Bearer undefined" },
  ];
  const statuses = new Map<number, number>();
  await inParallel([...near, ...other], 4, async (headers) => {
    const { status, text } = await call(headers);
    expect([401, 429], `${JSON.stringify(headers)} ${text}`).toContain(status);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  });
  expect(await runs()).toBe(0);
  // Signed anew: the wrong ones may have taken longer than a signature lasts.
  const fresh = stamp(Date.now(), "msg_fresh");
  const first = await call(fresh);
  expect(first.status, first.text).toBe(202);
  const again = await Promise.all(Array.from({ length: 100 }, () => call(fresh)));
  expect(new Set(again.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await runs()).toBe(1);
  const counts = [...statuses].map(([status, count]) => `${count} x ${status}`).join(", ");
  report(`S10 signatures: ${near.length + other.length} wrong (${counts}), 0 accepted; 100 replays, 1 run`);
});

it("S10 a webhook that wants proof and has no secret takes nothing", async () => {
  const spec = { startNodeId: "shape", nodes: [{ id: "shape", type: "transform", expression: 1 }], edges: [] };
  const triggers = signatureSchemes.map((signature) => ({
    id: signature,
    type: "webhook",
    callers: "signed",
    signature,
  }));
  await target.send("POST", "/api/workflows", { body: JSON.stringify({ slug: "bare", name: "bare", spec, triggers }) });
  const { text } = await target.send("POST", "/api/workflows/bare/publish", { body: "{}" });
  const before = await runs();
  const live = JSON.parse(text).data.workflow.triggers as { id: SignatureScheme; url: string }[];
  expect(live).toHaveLength(signatureSchemes.length);
  for (const { id, url } of live)
    // The library of Standard Webhooks signs with something only.
    for (const guess of ["undefined", "null", secret, ...(id === "standard_webhooks" ? [] : [""])]) {
      const signed = signAsSender(id, { secret: guess, id: "msg_1", at: Date.now(), body, url });
      const { pathname, search } = new URL(signed.url);
      const answer = await target.send("POST", pathname + search, { key: null, body, headers: signed.headers });
      expect(answer.status, `${id} with ${guess}: ${answer.text}`).toBe(401);
    }
  expect(await runs()).toBe(before);
});

/** Every prefix of the right one (without its padding it is still the right one), every one-character change, and beyond those changes of two. */
function wrongSignatures(right: string, count: number): string[] {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
  const found = new Set(Array.from({ length: right.replace(/=+$/, "").length }, (_, length) => right.slice(0, length)));
  for (let round = 1; found.size < count; round += 1)
    for (let at = 3; at < right.length && found.size < count; at += 1)
      for (const letter of letters) {
        const once = `${right.slice(0, at)}${letter}${right.slice(at + 1)}`;
        const changed = round === 1 ? once : once.slice(0, -round) + letter.repeat(round);
        // Padding bits of base64 are not part of the signature: the last letters are left alone.
        if (changed.slice(0, -2) !== right.slice(0, -2)) found.add(changed);
        if (found.size >= count) break;
      }
  return [...found];
}
