import { describe, expect, it } from "vitest";
import { query } from "@/server/modules/approvals/undecidable.testkit";
import { mailsTo } from "@/server/modules/notices/told.testkit";
import { serveTrpc } from "@/server/routes/serve-trpc";
import { codeTo, mailed, nobody, shown } from "./decision-links.testkit";

describe("S3 A17 over HTTP", () => {
  const send = (method: string, name: string, input: object, headers: Record<string, string> = {}) =>
    serveTrpc(
      new Request(
        `http://127.0.0.1:3000/api/trpc/decisionLinks.${name}${method === "GET" ? `?input=${encodeURIComponent(JSON.stringify(input))}` : ""}`,
        {
          method,
          headers: { "content-type": "application/json", ...headers },
          ...(method === "GET" ? {} : { body: JSON.stringify(input) }),
        },
      ),
    );
  const own = { "sec-fetch-site": "same-origin" };

  it("fifty scanners that fetch and follow everything change nothing", async () => {
    const { token, id, kim } = await mailed();
    const before = await query("select * from decision_links where waitpoint_id = $1", [id]);
    for (let scanner = 0; scanner < 50; scanner += 1) {
      const name = ["look", "sendCode", "prove", "decide", "undo"][scanner % 5] ?? "look";
      const response = await send(
        "GET",
        name,
        { token, decision: "approved", nonce: "x", code: "000000" },
        {
          "user-agent": `SafeLinks/${String(scanner)}`,
        },
      );
      expect(response.status).toBe(405);
      expect(response.headers.get("set-cookie")).toBeNull();
    }
    expect(await query("select * from decision_links where waitpoint_id = $1", [id])).toEqual(before);
    expect(await mailsTo(kim.email)).toHaveLength(1);
    expect(await query("select status, given_decision from waitpoints where id = $1", [id])).toEqual([
      { status: "open", given_decision: null },
    ]);
  });

  it("the code answers with a cookie, which decides from the product's own pages alone", async () => {
    const { token, kim, id } = await mailed();
    expect((await send("POST", "sendCode", { token }, own)).status).toBe(200);
    const proof = await send("POST", "prove", { token, code: await codeTo(kim) }, own);
    const cookie = (proof.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    expect(cookie).toContain("holdpoint.link.");
    const page = await shown({ ...nobody, token, cookies: cookie });
    const input = { token, decision: "approved", nonce: page.nonce };
    expect((await send("POST", "decide", input, { cookie, "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await send("POST", "decide", input, own)).status).toBe(401);
    expect((await send("POST", "decide", input, { ...own, cookie })).status).toBe(200);
    expect(await query("select given_decision->>'via' as via from waitpoints where id = $1", [id])).toEqual([
      { via: "link" },
    ]);
  });
});
