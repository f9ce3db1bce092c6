import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readId } from "@/core/ids";
import type { JsonObject } from "@/core/json";
import { sha256 } from "@/server/digest";
import { samples } from "@/server/modules/files/samples.testkit";
import { fileAddress } from "@/server/modules/files/service";
import { serveRest } from "@/server/routes/serve-rest";
import { createPapersScene, own, type PapersScene } from "./papers.testkit";

let scene: PapersScene;
beforeAll(async () => {
  scene = await createPapersScene();
});
afterAll(() => scene.close());

describe("a file on the page of a form", () => {
  it("is kept with what its content says, stands in the answer, and is opened by whoever may see the run", async () => {
    const { runId, token } = await scene.asked();
    const large = Buffer.concat([samples.pdf, Buffer.alloc(1_200_000, 7)]);
    const up = await scene.add(token, "contract", large, "../Vertrag \u202egpj.exe");
    expect(up).toEqual({
      status: 200,
      json: {
        id: expect.any(String),
        name: "Vertrag gpj.exe.pdf",
        type: "application/pdf",
        size: large.length,
        sha256: sha256(large),
      },
    });
    const photo = await scene.added(token, "photos[0]", samples.png);
    const mark = await scene.added(token, "mark", samples.png);
    const lie = { name: "evil.html", type: "text/html", size: 1, sha256: "0" };
    await scene.submit(token, {
      contract: { id: up.json.id, ...lie },
      photos: [{ id: photo }],
      mark: { id: mark, signedBy: " Kim " },
    });
    await scene.reached(runId, "waiting_approval");
    expect(await scene.states([up.json.id, photo, mark])).toEqual(["bound", "bound", "bound"]);
    const { rows } = await scene.database.pool.query<{ output: JsonObject }>(
      "select output from step_runs where run_id = $1 and key = 'ask'",
      [readId("run", runId)],
    );
    const png = { type: "image/png", size: samples.png.length, sha256: sha256(samples.png) };
    expect(rows[0]?.output).toEqual({
      contract: up.json,
      photos: [{ id: photo, name: "a.pdf.png", ...png }],
      mark: { id: mark, name: "a.pdf.png", ...png, signedBy: "Kim", signedAt: expect.stringMatching(/^20.*Z$/) },
    });
    const { viewer, owner } = scene.north.members;
    const { url } = await scene.open(viewer.actor, up.json.id);
    const { answer, bytes } = await scene.opened(url, { cookie: "session=stolen" });
    expect(bytes.equals(large)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "application/pdf",
      "content-disposition": `attachment; filename="Vertrag gpj.exe.pdf"; filename*=UTF-8''Vertrag%20gpj.exe.pdf`,
      "content-security-policy": "default-src 'none'; sandbox",
      "cross-origin-resource-policy": "same-origin",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    });
    expect(answer.headers.has("set-cookie")).toBe(false);
    expect(
      (await scene.opened((await scene.open(owner.actor, photo)).url)).answer.headers.get("content-disposition"),
    ).toMatch(/^inline/);
    const log = await scene.database.pool.query(
      "select actor->>'name' as who, data->>'name' as name from audit_entries where action = 'file.opened' and subject_id = $1",
      [up.json.id],
    );
    expect(log.rows).toEqual([{ who: viewer.actor.name, name: "Vertrag gpj.exe.pdf" }]);
    const read = await serveRest(
      new Request(`http://127.0.0.1:3000/api/v1/files/${photo}`, {
        headers: { authorization: `Bearer ${viewer.apiKey}` },
      }),
    );
    expect(Buffer.from(await read.arrayBuffer()).equals(samples.png)).toBe(true);
  });

  it("is bound once, however often it is sent at the same moment", async () => {
    const { runId, token } = await scene.asked();
    const contract = { id: await scene.added(token) };
    const submissionId = randomUUID();
    const sent = await Promise.allSettled(
      Array.from({ length: 4 }, () => scene.submit(token, { contract }, submissionId)),
    );
    expect(sent.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled", "fulfilled"]);
    await expect(scene.submit(token, { contract })).rejects.toThrow("Somebody else has answered");
    await scene.reached(runId, "waiting_approval");
    expect(await scene.states([contract.id])).toEqual(["bound"]);
  });

  it("of another form, another question, another answer, or that never was, is a problem of its field", async () => {
    const [one, two] = [await scene.asked(), await scene.asked()];
    const gone = "This file is no longer there. Take it out and add it again.";
    const foreign = await scene.added(two.token);
    const photo = await scene.added(one.token, "photos[0]", samples.png);
    for (const id of [foreign, photo, randomUUID()])
      expect(await scene.problemsOf(scene.submit(one.token, { contract: { id } }))).toEqual([
        `values.contract: ${gone}`,
      ]);
    const contract = { id: await scene.added(one.token) };
    expect(
      await scene.problemsOf(scene.submit(one.token, { contract, photos: [{ id: photo }, { id: photo }] })),
    ).toEqual(["values.photos[1]: This file stands here twice. Take one of the two out."]);
    await scene.submit(two.token, { contract: { id: foreign } });
    expect(await scene.problemsOf(scene.submit(one.token, { contract: { id: foreign } }))).toEqual([
      `values.contract: ${gone}`,
    ]);
  });

  it("that is none, is too large, has no bytes, or comes from elsewhere, is refused and leaves nothing", async () => {
    const { token, formId } = await scene.asked();
    const tried = async (sent: Promise<{ status: number; json: { error?: { message: string } } }>) => {
      const { status, json } = await sent;
      return [status, json.error?.message.slice(0, 33)];
    };
    expect(await tried(scene.add(token, "contract", samples.png))).toEqual([415, "This file is not what can be adde"]);
    expect(await tried(scene.add(token, "photos[0]", Buffer.from("<html>"), "a.png"))).toEqual([
      415,
      expect.any(String),
    ]);
    expect(await tried(scene.add(token, "contract", Buffer.alloc(2_000_001)))).toEqual([
      413,
      "This file is larger than 2 MB, th",
    ]);
    expect(await tried(scene.add(token, "contract", new Uint8Array()))).toEqual([
      422,
      "This file is empty. Choose anothe",
    ]);
    expect(await tried(scene.add(token, "nothing", samples.pdf))).toEqual([404, "This form asks for no file there."]);
    expect(await tried(scene.add(token, "contract", samples.pdf, "a", { "sec-fetch-site": "cross-site" }))).toEqual([
      403,
      expect.any(String),
    ]);
    expect(await tried(scene.add(token, "contract", samples.pdf, "a", {}))).toEqual([403, expect.any(String)]);
    expect(await tried(scene.add(`${token}x`, "contract", samples.pdf))).toEqual([
      404,
      "This link does not open a form. C",
    ]);
    // Without a length, and without an end: refused at the byte that is too much.
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(Buffer.concat([samples.pdf, Buffer.alloc(300_000)]));
      },
    });
    const query = "question=contract&name=a.pdf";
    const flood = scene.post(`/api/files/page?${query}`, endless as BodyInit, { ...own, "holdpoint-link": token });
    expect(await tried(flood)).toEqual([413, expect.any(String)]);
    const left = await scene.database.pool.query("select from files where waitpoint_id = $1", [formId]);
    expect(left.rowCount).toBe(0);
  });

  it("is not taken any more when the form was answered", async () => {
    const { token } = await scene.asked();
    await scene.submit(token, { contract: { id: await scene.added(token) } });
    expect(await scene.add(token, "contract", samples.pdf)).toMatchObject({ status: 409 });
  });
});

describe("who may open a file", () => {
  it("nobody of another organization, nobody before it is sent, and nobody where the answer is sensitive", async () => {
    const { token } = await scene.asked();
    const [contract, secret] = [await scene.added(token), await scene.added(token, "secret", samples.pdf)];
    const { owner } = scene.north.members;
    await expect(scene.open(owner.actor, contract)).rejects.toThrow("There is no such file");
    await scene.submit(token, { contract: { id: contract }, secret: { id: secret } });
    await expect(scene.open(scene.south.members.owner.actor, contract)).rejects.toThrow("There is no such file");
    await expect(scene.open(owner.actor, secret)).rejects.toThrow("This answer is sensitive");
    await expect(scene.open(owner.actor, randomUUID())).rejects.toThrow("There is no such file");
    expect((await scene.open(owner.actor, contract)).url).toContain("/files/");
  });

  it("an address holds for five minutes", async () => {
    const { token } = await scene.asked();
    const id = await scene.added(token);
    await scene.submit(token, { contract: { id } });
    const now = Date.now();
    expect((await scene.opened(fileAddress(id, now - 290_000))).answer.status).toBe(200);
    expect((await scene.opened(fileAddress(id, now - 300_001))).answer.status).toBe(404);
    expect((await scene.opened("/files/made-up")).answer.status).toBe(404);
  });
});
