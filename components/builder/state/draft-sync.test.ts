import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Operation } from "@/core/workflow/edit/operation";
import { add, memoryServer, openTab, rename, settle, start, state } from "./draft-sync.testkit";

describe("draft sync", () => {
  it("edits of different things by two people both last, and both see the same", async () => {
    const server = memoryServer();
    const [one, two] = [openTab(server.api("one"), state(start, 0)), openTab(server.api("two"), state(start, 0))];
    one.edit([rename("a", "By one")]);
    two.edit([add("b")]);
    two.edit([{ op: "connect", from: "a", case: "out", to: "b" }]);
    await settle([one, two]);
    expect(one.tab.document).toEqual(server.document());
    expect(two.tab.document).toEqual(server.document());
    expect(server.document().spec.nodes.map(({ name, id }) => name ?? id)).toEqual(["By one", "b"]);
  });

  it("whatever two people do, lost answers included, all end with the server's document", async () => {
    const edit = fc.record({
      who: fc.integer({ min: 0, max: 2 }),
      operation: fc.oneof(
        fc
          .record({ id: fc.constantFrom("a", "b", "c"), name: fc.string({ maxLength: 4 }) })
          .map(({ id, name }) => rename(id, name)),
        fc.constantFrom("b", "c", "d").map(add),
        fc.constantFrom("a", "b", "c").map((id): Operation => ({ op: "remove_node", id, heal: true })),
        fc
          .tuple(fc.constantFrom("a", "b", "c"), fc.constantFrom("b", "c", "d"))
          .map(([from, to]): Operation => ({ op: "connect", from, case: "out", to })),
      ),
      then: fc.constantFrom("go on", "save", "catch up"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 25 }), fc.infiniteStream(fc.boolean()), async (edits, losses) => {
        const server = memoryServer();
        let lost = 0;
        const lose = () => losses.next().value === true && (lost += 1) < 4;
        const tabs = [0, 1, 2].map((who) => openTab(server.api(String(who), lose), state(start, 0)));
        for (const { who, operation, then } of edits) {
          const tab = tabs[who];
          tab?.edit([operation]);
          if (then === "save") await tab?.sync.flush().catch(() => undefined);
          if (then === "catch up") await tab?.sync.catchUp();
        }
        await settle(tabs);
        for (const { tab } of tabs) expect(tab.document).toEqual(server.document());
        for (const { tab } of tabs) expect(tab.stored).toEqual([]);
      }),
      { numRuns: Number(process.env["PROPERTY_RUNS"] ?? 100) },
    );
  });

  it("what somebody saved after our batch, and told before its answer came, is read all the same", async () => {
    const server = memoryServer();
    let arrive = (): void => undefined;
    const slow = server.api("one");
    const one = openTab(
      {
        ...slow,
        apply: async (batch) => {
          const answer = await slow.apply(batch);
          await new Promise<void>((resolve) => (arrive = resolve));
          return answer;
        },
      },
      state(start, 0),
    );
    const two = openTab(server.api("two"), state(start, 0));
    one.edit([add("b")]);
    const saving = one.sync.flush();
    await expect.poll(() => server.revision()).toBe(1);
    two.edit([rename("a", "By two")]);
    await two.sync.flush();
    await one.sync.catchUp();
    arrive();
    await saving;
    await expect.poll(() => one.tab.document).toEqual(server.document());
    expect(one.tab.document.spec.nodes.map(({ name, id }) => name ?? id)).toEqual(["By two", "b"]);
  });

  it("a killed tab's edits are sent by the next one, once, even if the server had them", async () => {
    const server = memoryServer();
    const killed = openTab(
      server.api("one", () => true),
      state(start, 0),
    );
    killed.edit([add("b")]);
    await expect(killed.sync.flush()).rejects.toThrow("not saved yet");
    killed.edit([rename("b", "Second")]);
    killed.sync.stop();
    expect(killed.tab.stored).toHaveLength(2);
    const next = openTab(server.api("two"), state(server.document(), server.revision()));
    next.tab.document = next.sync.resume(killed.tab.stored);
    await settle([next]);
    expect(server.document().spec.nodes.map(({ id, name }) => [id, name])).toEqual([
      ["a", undefined],
      ["b", "Second"],
    ]);
    expect(next.tab.document).toEqual(server.document());
  });

  it("an edit that the server refuses for good does not hold up the next ones", async () => {
    const server = memoryServer();
    const api = server.api("one");
    let refuse = true;
    const one = openTab(
      {
        ...api,
        apply: (batch) => {
          if (!refuse) return api.apply(batch);
          refuse = false;
          return Promise.reject(Object.assign(new Error("The workflow is too large."), { data: { httpStatus: 413 } }));
        },
      },
      state(start, 0),
    );
    one.edit([add("b")]);
    await one.sync.flush();
    expect(one.tab.save).toContainEqual({ kind: "failed", message: "The workflow is too large." });
    expect(one.tab.document).toEqual(start);
    one.edit([add("c")]);
    await settle([one]);
    expect(server.document().spec.nodes.map(({ id }) => id)).toEqual(["a", "c"]);
  });
});
