import { describe, expect, it } from "vitest";
import type { Actor, OrganizationId } from "@/server/db/tenant";
import { currentInput, inputEdits } from "./edits";
import { refusalFor, type ApprovalPolicy, type Requester } from "./policy";

const kim: Actor = {
  type: "user",
  id: "kim",
  userId: "kim",
  name: "Kim",
  email: "kim@holdpoint.test",
  // Only the gates make organization ids; the policy never looks at it.
  organizationId: "north" as OrganizationId,
  role: "owner",
  businessRoles: [],
  teamIds: [],
  scopes: new Set(["approvals:decide", "approvals:decide:any"]),
  via: "ui",
  auth: "session",
  address: null,
};
const open: ApprovalPolicy = { requesterCannotApprove: false, neverTwice: false, commentRequiredOn: [], editable: [] };
const fourEyes: ApprovalPolicy = { ...open, requesterCannotApprove: true };
const sam: Requester = { people: ["sam"], isKnown: true };
const nobodyKnows: Requester = { people: [], isKnown: false };

const lee = { name: "Lee", email: "lee@holdpoint.test", userId: "lee", refs: ["role:finance"], mayDecide: true };

function codeFor(facts: Partial<Parameters<typeof refusalFor>[0]>): string | null {
  const all = {
    actor: kim,
    actorRefs: ["role:manager"],
    assignees: ["role:manager"],
    policy: open,
    requester: sam,
    ...facts,
  };
  return refusalFor(all)?.code ?? null;
}

describe("who may decide", () => {
  it.each([
    ["a holder of the role", ["role:manager", "user:kim"], ["role:manager"], null],
    ["the person by name", ["user:kim"], ["role:manager", "user:kim"], null],
    ["a member of the team", ["team:t1"], ["team:t1"], null],
    ["an owner without the role", ["role:owner"], ["role:manager"], "not_an_assignee"],
    ["anybody, when nobody is assigned", ["role:owner"], [], "not_an_assignee"],
  ])("F-37 K-30 %s", (_, actorRefs, assignees, expected) => {
    expect(codeFor({ actorRefs, assignees })).toBe(expected);
  });

  it.each([
    ["H10 who began the run, through whatever door", { people: ["kim"], isKnown: true }, "requester_cannot_approve"],
    ["H10 who corrected what another began", { people: ["sam", "kim"], isKnown: true }, "requester_cannot_approve"],
    ["H10 anybody, when nobody can tell who began it: once", nobodyKnows, null],
    ["who had nothing to do with it", sam, null],
  ])("F-34 four eyes: %s", (_, requester, expected) => {
    expect(codeFor({ policy: fourEyes, requester })).toBe(expected);
    expect(codeFor({ policy: open, requester })).toBeNull();
  });

  it.each([
    ["needs no assignment of one's own", open, sam, lee, null],
    ["needs somebody who was asked", open, sam, { ...lee, refs: ["user:lee"] }, "not_an_assignee"],
    ["needs somebody who may decide", open, sam, { ...lee, mayDecide: false }, "not_an_assignee"],
    [
      "is refused when the one who decides asked",
      fourEyes,
      { people: ["kim"], isKnown: true },
      lee,
      "requester_cannot_approve",
    ],
    [
      "is refused in the name of who asked",
      fourEyes,
      { people: ["lee"], isKnown: true },
      lee,
      "requester_cannot_approve",
    ],
  ])("F-38 B-10 L6 deciding in somebody's name %s", (_, policy, requester, onBehalfOf, expected) => {
    expect(codeFor({ assignees: ["role:finance"], policy, requester, onBehalfOf })).toBe(expected);
  });
});

describe("several people", () => {
  it.each([
    ["by the same person again", ["kim"], null, "person_has_decided"],
    ["by the same person in another name", ["kim"], lee, "person_has_decided"],
    ["in the name that was used before", ["lo", "lee"], lee, "person_has_decided"],
    ["by somebody else", ["lee"], null, null],
  ])("H10 the first approval is completed %s", (_, spoken, onBehalfOf, expected) => {
    const assignees = ["role:manager", "role:finance"];
    expect(codeFor({ assignees, policy: fourEyes, requester: nobodyKnows, spoken, onBehalfOf })).toBe(expected);
  });

  it.each([
    ["who decided another step of the run", { decidedBefore: ["kim"] }, "person_has_decided"],
    ["who decides in the name of somebody who did", { decidedBefore: ["lee"], onBehalfOf: lee }, "person_has_decided"],
    ["who decided none", { decidedBefore: ["sam"] }, null],
  ])("A10 nobody decides twice where the author says so: %s", (_, facts, expected) => {
    const assignees = ["role:manager", "role:finance"];
    expect(codeFor({ ...facts, assignees, policy: { ...open, neverTwice: true } })).toBe(expected);
    expect(codeFor({ ...facts, assignees })).toBeNull();
  });

  it.each([
    ["of somebody it was fixed with", ["kim"], null, null],
    ["of somebody who came later", ["sam"], null, "not_an_assignee"],
    ["in the name of somebody it was fixed with", ["lee"], lee, null],
  ])("whose word counts, once the first one is given: %s", (_, electorate, onBehalfOf, expected) => {
    expect(codeFor({ assignees: ["role:manager", "role:finance"], electorate, onBehalfOf })).toBe(expected);
  });
});

describe("edits while approving", () => {
  const input = { amount: 40, order: { id: "o1", lines: { first: 1 } } };

  it.each([
    [{ amount: 3 }, { amount: 3 }],
    [{ "input.amount": 3 }, { amount: 3 }],
    [{ "input.order.lines.first": 2, "order.id": "o2" }, { order: { id: "o2", lines: { first: 2 } } }],
    [{ "input.note.text": "hi" }, { note: { text: "hi" } }],
    [{}, {}],
  ])("F-37 %j lies over the input as %j", async (edits, patch) => {
    expect(await inputEdits("o", edits, input, null)).toEqual({ patch, problems: [] });
    expect(input.order.id).toBe("o1");
  });

  it("F-37 must leave an input that fits the workflow, with earlier corrections in it", async () => {
    const schema = {
      type: "object",
      properties: { amount: { type: "number" }, order: { type: "object", required: ["id"] } },
    };
    const now = currentInput({ input, inputEdits: { amount: 50 } });
    expect(now).toEqual({ ...input, amount: 50 });
    expect(currentInput({ input, inputEdits: null })).toEqual(input);
    const { problems } = await inputEdits("o", { amount: "much" }, now, schema);
    expect(problems).toEqual([
      { code: "invalid_input", severity: "error", path: "edits.input.amount", message: expect.any(String) },
    ]);
    expect((await inputEdits("o", { amount: 60 }, now, schema)).problems).toEqual([]);
  });
});
