import { describe, expect, it } from "vitest";
import { createDraftStore } from "./draft-store";

function tab() {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, text: string) => void items.set(key, text),
    removeItem: (key: string) => void items.delete(key),
  };
}

describe("A24 what was typed and not sent", () => {
  it("is there after a reload, by its form, until it is sent", () => {
    const storage = tab();
    const before = createDraftStore(() => storage);
    before.write("form a", { note: "half a sen" });
    before.write("form b", { note: "other" });
    const after = createDraftStore(() => storage);
    expect([after.read("form a"), after.read("form b"), after.read("constructor")]).toEqual([
      { note: "half a sen" },
      { note: "other" },
      null,
    ]);
    after.remove("form a");
    expect(createDraftStore(() => storage).read("form a")).toBeNull();
    after.clear();
    expect([...storage.items]).toEqual([]);
  });

  it("stays with the page where the browser keeps nothing, or something else", () => {
    const none = createDraftStore(() => {
      throw new Error("not allowed");
    });
    none.write("form", { note: "x" });
    expect(none.read("form")).toEqual({ note: "x" });
    const odd = tab();
    odd.items.set("holdpoint.drafts", "{");
    expect(createDraftStore(() => odd).read("form")).toBeNull();
  });
});
