import { describe, expect, it } from "vitest";
import { add, memoryServer, openTab, rename, settle, start, state } from "./draft-sync.testkit";
import type { DraftApi } from "./draft-sync";

const answer = (httpStatus: number) =>
  Object.assign(new Error(`status ${String(httpStatus)}`), { data: { httpStatus } });

/** The server, answering with a status instead for as long as one is set. */
function guarded(server: ReturnType<typeof memoryServer>, clientId: string): { api: DraftApi; status: number | null } {
  const api = server.api(clientId);
  const guard: { api: DraftApi; status: number | null } = {
    status: null,
    api: {
      ...api,
      apply: (batch) => (guard.status === null ? api.apply(batch) : Promise.reject(answer(guard.status))),
    },
  };
  return guard;
}

describe("3.13 edits outlive the session", () => {
  it.each([
    [401, "signed_out", "You are signed out"],
    [403, "not_allowed", "You may not change this workflow any more"],
  ])("%i: they stay in the document and in this browser, which says so", async (status, kind, words) => {
    const server = memoryServer();
    const guard = guarded(server, "one");
    const one = openTab(guard.api, state(start, 0));
    guard.status = status;
    one.edit([add("b")]);
    await expect(one.sync.flush()).rejects.toThrow(words);
    one.edit([rename("b", "Later")]);
    expect(one.tab.save.at(-1)).toEqual({ kind });
    expect(one.tab.document.spec.nodes.map(({ id, name }) => name ?? id)).toEqual(["a", "Later"]);
    expect(one.tab.stored.flatMap(({ operations }) => operations)).toHaveLength(2);
    guard.status = null;
    await settle([one]);
    expect(one.tab.save.at(-1)).toMatchObject({ kind: "saved" });
    expect(server.document()).toEqual(one.tab.document);
    expect(one.tab.stored).toEqual([]);
  });

  it("what a signed-out tab left behind is saved by the page that is opened after signing in", async () => {
    const server = memoryServer();
    const guard = guarded(server, "one");
    const gone = openTab(guard.api, state(start, 0));
    guard.status = 401;
    gone.edit([add("b")]);
    await expect(gone.sync.flush()).rejects.toThrow("sign in again");
    gone.sync.stop();
    const next = openTab(server.api("two"), state(server.document(), server.revision()));
    next.tab.document = next.sync.resume(gone.tab.stored);
    await settle([next]);
    expect(server.document().spec.nodes.map(({ id }) => id)).toEqual(["a", "b"]);
  });

  it.each([408, 409, 429, 500, 503])("%i is tried again", async (status) => {
    const server = memoryServer();
    const guard = guarded(server, "one");
    const one = openTab(guard.api, state(start, 0));
    guard.status = status;
    one.edit([add("b")]);
    await expect(one.sync.flush()).rejects.toThrow("cannot be reached");
    expect(one.tab.save.at(-1)).toEqual({ kind: "waiting" });
    guard.status = null;
    await settle([one]);
    expect(server.document().spec.nodes).toHaveLength(2);
  });

  it.each([400, 404, 413, 422])("%i is a refusal: the edit goes, the next ones are saved", async (status) => {
    const server = memoryServer();
    const guard = guarded(server, "one");
    const one = openTab(guard.api, state(start, 0));
    guard.status = status;
    one.edit([add("b")]);
    await one.sync.flush();
    expect(one.tab.save.at(-1)).toEqual({ kind: "failed", message: `status ${String(status)}` });
    expect(one.tab.document).toEqual(start);
    guard.status = null;
    one.edit([add("c")]);
    await settle([one]);
    expect(server.document().spec.nodes.map(({ id }) => id)).toEqual(["a", "c"]);
  });
});

it("several dead tabs' batches keep their ids, so that those the server had are not done again", async () => {
  const server = memoryServer();
  const killed = ["one", "two"].map((name) =>
    openTab(
      server.api(name, () => true),
      state(start, 0),
    ),
  );
  for (const [index, tab] of killed.entries()) {
    tab.edit([add(["b", "c"][index] ?? "")]);
    await expect(tab.sync.flush()).rejects.toThrow("not saved yet");
    tab.edit([rename(["b", "c"][index] ?? "", "Renamed")]);
    tab.sync.stop();
  }
  const sentIds = server.batchIds();
  // Somebody else removes what the second had added: doing its batch again would bring it back.
  const other = openTab(server.api("other"), state(server.document(), server.revision()));
  other.edit([{ op: "remove_node", id: "c", heal: true }]);
  await other.sync.flush();
  const next = openTab(server.api("next"), state(server.document(), server.revision()));
  next.tab.document = next.sync.resume(killed.flatMap(({ tab }) => tab.stored));
  await settle([other, next]);
  expect(server.batchIds().filter((id) => sentIds.includes(id))).toEqual(sentIds);
  expect(server.document().spec.nodes.map(({ id, name }) => name ?? id)).toEqual(["a", "Renamed"]);
  expect(next.tab.document).toEqual(server.document());
  expect(next.tab.stored).toEqual([]);
});
