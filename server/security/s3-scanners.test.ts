import { afterAll, beforeAll, expect, it } from "vitest";
import { ask, publishAsking } from "./approvals.testkit";
import { attack, type Attacked } from "./attacked.testkit";
import { extent, inParallel, report } from "./extent.testkit";

let target: Attacked;
beforeAll(async () => {
  target = await attack("scanners");
  await publishAsking(target, "scanned");
});
afterAll(() => target.close());

const agents = [
  "Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; Trident/5.0) BingPreview/1.0b",
  "Mozilla/5.0 (Windows NT 10.0; Microsoft Outlook 16.0) SafeLinks",
  "Proofpoint URL Defense",
  "Mimecast-URL-Protect",
  "Barracuda Sentinel (EE)",
  "GoogleImageProxy",
  "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
  "Slack-ImgProxy",
  "facebookexternalhit/1.1",
  "Twitterbot/1.0",
  "LinkedInBot/1.0",
  "WhatsApp/2.23",
  "TelegramBot (like TwitterBot)",
  "Discordbot/2.0",
  "SkypeUriPreview Preview/0.5",
  "Mozilla/5.0 (compatible; Googlebot/2.1)",
  "Cisco-IronPort",
  "Symantec Web Security",
  "curl/8.0",
  "python-requests/2.31",
];

const prefetches: readonly Record<string, string>[] = [
  {},
  { purpose: "prefetch", "sec-purpose": "prefetch;prerender" },
  { "x-moz": "prefetch" },
  { "next-router-prefetch": "1", rsc: "1" },
  { "x-http-method-override": "POST", "x-method-override": "POST" },
];

it("S3 whoever only looks at a link decides nothing and uses nothing up", async () => {
  const [asked] = await ask(target, "scanned", 1);
  const conversation = await target.send("POST", "/api/v1/conversations", {
    body: JSON.stringify({ contact: { name: "Jane", email: "jane@acme.com" } }),
  });
  const link = new URL(String(JSON.parse(conversation.text).link ?? "http://127.0.0.1/c/none")).pathname;
  const { id, runId } = asked ?? { id: "", runId: "" };
  const paths = [
    `/api/v1/approvals/${id}/approve`,
    `/api/v1/approvals/${id}/reject`,
    `/api/v1/runs/${runId}/approvals/${id}/approve`,
    `/api/v1/runs/${runId}/cancel`,
    `/api/trpc/approvals.decide?input=${encodeURIComponent(JSON.stringify({ id, decision: "approved" }))}`,
    `/inbox?approval=${id}&decision=approved`,
    `/inbox/${id}/approve`,
    link,
  ];
  const methods = ["GET", "HEAD", "OPTIONS"];
  const { operator } = target.organization.members;
  const callers: readonly Record<string, string>[] = [
    {},
    { cookie: operator.cookie },
    { authorization: `Bearer ${operator.apiKey}` },
  ];
  const cases = Array.from({ length: extent(10_000, 240) }, (_, at) => ({
    agent: agents[at % agents.length] ?? "",
    path: paths[at % paths.length] ?? "",
    method: methods[at % methods.length] ?? "",
    prefetch: prefetches[Math.floor(at / 7) % prefetches.length] ?? {},
    caller: callers[Math.floor(at / 3) % callers.length] ?? {},
  }));
  const before = await state();
  let failed = 0;
  await inParallel(cases, 4, async ({ agent, path, method, prefetch, caller }) => {
    const headers = { "user-agent": agent, ...prefetch, ...caller };
    const { status } = await target.send(method, path, { key: null, headers });
    if (status >= 500) failed += 1;
  });
  expect(failed).toBe(0);
  expect(await state()).toEqual(before);
  report(
    `S3 scanners: ${cases.length} requests by ${agents.length} agents on ${paths.length} links, 0 decisions, 0 x 5xx`,
  );
});

/** What a decision, a message or a used link would change. */
function state(): Promise<unknown> {
  const { id } = target.organization;
  return target.rows(
    `select 'waitpoint' as what, id::text, status, outcome from waitpoints where organization_id = $1
     union all select 'run', id::text, status, null from runs where organization_id = $1
     union all select 'audit', id::text, action, null from audit_entries where organization_id = $1
     union all select 'conversation', id::text, null, null from conversations where organization_id = $1
     order by 1, 2`,
    [id],
  );
}
