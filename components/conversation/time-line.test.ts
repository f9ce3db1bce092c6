import { describe, expect, it } from "vitest";
import type { CustomerConversation } from "@/core/contracts/conversation";
import { moveAfter, type Reading } from "./reading";
import { timeLine, type TimeLineItem } from "./time-line";

type Message = CustomerConversation["messages"][number];

const message = (id: string, at: string, author: Message["author"] = "workflow"): Message => ({
  id,
  author,
  authorName: author,
  body: id,
  at,
});
const form = (waitpointId: string, askedAt: string) => ({
  waitpointId,
  title: waitpointId,
  introduction: "",
  askedAt,
  schema: {},
  values: {},
  hidden: [],
});
const pastForm = (waitpointId: string, askedAt: string) => ({
  waitpointId,
  title: waitpointId,
  askedAt,
  endedAt: askedAt,
  outcome: "sent" as const,
  by: "you" as const,
  schema: {},
  values: {},
});
const request = (id: string, askedAt: string) => ({
  id,
  title: id,
  askedAt,
  state: "working" as const,
  isOver: false,
  label: "We are working on it",
  since: askedAt,
  usual: null,
  nudgedAt: null,
  mayNudge: false,
  mayWithdraw: true,
  steps: [],
});
const nothing = { messages: [], requests: [], forms: [], pastForms: [] };
const at = (minute: number) => `2026-11-20T10:0${String(minute)}:00.000Z`;
const ids = (items: readonly TimeLineItem[]) => items.map(({ id }) => id);

describe("A21 the customer's time line", () => {
  it("puts everything where it was said or asked", () => {
    const items = timeLine({
      messages: [message("ask", at(1), "contact"), message("answer", at(5), "operator")],
      requests: [request("second", at(6)), request("first", at(1))],
      forms: [form("open", at(7))],
      pastForms: [pastForm("sent", at(2))],
    });
    expect(ids(items)).toEqual([
      "message ask",
      "request first",
      "form sent",
      "message answer",
      "request second",
      "form open",
    ]);
  });

  it("keeps the place and the name of a form when it is over", () => {
    const before = timeLine({ ...nothing, forms: [form("a", at(1))], messages: [message("later", at(2))] });
    const after = timeLine({ ...nothing, pastForms: [pastForm("a", at(1))], messages: [message("later", at(2))] });
    expect(ids(after)).toEqual(ids(before));
  });
});

describe("A21 where the page goes", () => {
  const reading: Reading = { isAtEnd: true, isFilling: false, sentId: null, isSending: false };
  const hello = timeLine({ ...nothing, messages: [message("hello", at(1))] });
  const withReply = timeLine({ ...nothing, messages: [message("hello", at(1)), message("reply", at(2), "operator")] });
  const withForm = timeLine({ ...nothing, messages: [message("hello", at(1))], forms: [form("a", at(2))] });

  it("opens at the title of the form that waits, else at the end", () => {
    expect(moveAfter(null, withForm, reading)).toEqual({ to: "item", id: "form a" });
    expect(moveAfter(null, hello, { ...reading, isAtEnd: false })).toEqual({ to: "end" });
  });

  it("follows what comes while the reader is at the end; a form is opened at its title", () => {
    expect(moveAfter(hello, withReply, reading)).toEqual({ to: "end" });
    expect(moveAfter(hello, withForm, reading)).toEqual({ to: "item", id: "form a" });
  });

  it("stays while somebody fills in a form or reads further up, and says that there is news", () => {
    const unseen = { to: "nowhere", unseen: "message reply" };
    expect(moveAfter(hello, withReply, { ...reading, isFilling: true })).toEqual(unseen);
    expect(moveAfter(hello, withReply, { ...reading, isAtEnd: false })).toEqual(unseen);
    expect(moveAfter(hello, withForm, { ...reading, isAtEnd: false })).toEqual({ to: "nowhere", unseen: "form a" });
  });

  it("does not call for the card of a request, nor for nothing new", () => {
    const withRequest = timeLine({ ...nothing, messages: [message("hello", at(1))], requests: [request("r", at(2))] });
    const nowhere = { to: "nowhere", unseen: null };
    expect(moveAfter(hello, withRequest, { ...reading, isAtEnd: false })).toEqual(nowhere);
    expect(moveAfter(withReply, withReply, reading)).toEqual(nowhere);
    const sent = timeLine({ ...nothing, messages: [message("hello", at(1))], pastForms: [pastForm("a", at(2))] });
    expect(moveAfter(withForm, sent, reading)).toEqual(nowhere);
  });

  it("opens a form at its title that came together with the words that asked for it", () => {
    const asked = timeLine({
      ...nothing,
      messages: [message("hello", at(1)), message("mine", at(2), "contact")],
      forms: [form("a", at(3))],
    });
    expect(moveAfter(hello, asked, { ...reading, isAtEnd: false, sentId: "mine" })).toEqual({
      to: "item",
      id: "form a",
    });
  });

  it("goes to one's own message after sending it, wherever the reader is, and not to one of another page", () => {
    const own = timeLine({ ...nothing, messages: [message("hello", at(1)), message("mine", at(2), "contact")] });
    const moved = { to: "end" };
    expect(moveAfter(hello, own, { ...reading, isAtEnd: false, sentId: "mine" })).toEqual(moved);
    expect(moveAfter(hello, own, { ...reading, isAtEnd: false, isSending: true })).toEqual(moved);
    expect(moveAfter(hello, own, { ...reading, isAtEnd: false })).toEqual({ to: "nowhere", unseen: "message mine" });
  });
});
