import { describe, expect, it } from "vitest";
import { newId, showId } from "@/core/ids";
import { isStaleAfter } from "./stale-queries";

const key = (path: string, input?: object): readonly unknown[] => [
  path.split("."),
  { ...(input ? { input } : {}), type: "query" },
];
const [first, second] = [newId(), newId()];
const onScreen = {
  list: key("runs.list", { limit: 50 }),
  first: key("runs.get", { id: showId("run", first) }),
  second: key("runs.get", { id: second }),
  question: key("testing.question", { runId: second, waitpointId: newId() }),
  inbox: key("inbox.list", { view: "pending" }),
  count: key("inbox.count"),
  workflows: key("workflows.list"),
  review: key("drafts.reviews.list", {}),
  draft: key("drafts.open", { slug: "a" }),
  members: key("members.list"),
  connections: key("connections.list"),
  templates: key("library.templates"),
};

const stale = (change: { runIds?: string[]; kinds?: string[] }): string[] => {
  const isStale = isStaleAfter({ runIds: [], kinds: [], ...change });
  return Object.entries(onScreen).flatMap(([name, queryKey]) => (isStale(queryKey) ? [name] : []));
};

describe("3.9 a change makes stale what it changed", () => {
  it("a run: its own page, lists, the inbox and counts; no other run, no members, connections or templates", () => {
    expect(stale({ runIds: [first] })).toEqual(["list", "first", "inbox", "count", "workflows"]);
    expect(stale({ runIds: [second], kinds: ["run"] })).toContain("question");
  });

  it("so many runs that they are not named: every run", () => {
    expect(stale({ kinds: ["runs"] })).toEqual(["list", "first", "second", "question", "inbox", "count", "workflows"]);
  });

  it("a workflow: lists of workflows and reviews, no run", () => {
    expect(stale({ kinds: ["workflow"] })).toEqual(["question", "workflows", "review"]);
  });

  it("A17 somebody was told something: the bell, and nothing else", () => {
    expect(stale({ kinds: ["notices"] })).toEqual([]);
    const isStale = isStaleAfter({ runIds: [], kinds: ["notices"] });
    expect([
      isStale(key("notices.count")),
      isStale(key("notices.list", {})),
      isStale(key("notices.emailChoice")),
    ]).toEqual([true, true, false]);
  });

  it("somebody's draft or conversation: nothing that the builder and the conversation do not ask themselves", () => {
    expect(stale({ kinds: [`draft:${first}`, `conversation:${second}`] })).toEqual([]);
  });

  it("a kind that this page does not know, or everything: all but what never changes", () => {
    const all = Object.keys(onScreen).filter((name) => !["draft", "connections", "templates"].includes(name));
    expect(stale({ kinds: ["everything"] })).toEqual(all);
    expect(stale({ kinds: ["of_tomorrow"] })).toEqual(all);
    expect(isStaleAfter({ runIds: [first], kinds: [] })(key("of.tomorrow"))).toBe(true);
  });
});
