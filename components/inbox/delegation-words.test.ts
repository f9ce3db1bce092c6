import { expect, it } from "vitest";
import { colleaguesFound } from "@/components/people/colleagues-found";
import { delegationWords } from "./delegation-words";

const none = { delegatedBy: null, delegatedTo: null, deputies: [], standsInFor: null };
const given = { from: "Ana", to: "Bo", reason: "On the train", at: "2026-11-30T09:00:00.000Z" };

it("row 14 says who may decide in whose name, as each of them reads it", () => {
  const delegations = [given];
  expect(delegationWords({ ...none, delegations, delegatedTo: "Bo" })).toEqual([
    "You gave it to Bo, and either of you may decide: “On the train”",
  ]);
  expect(delegationWords({ ...none, delegations, delegatedBy: { name: "Ana", reason: "On the train" } })).toEqual([
    "Ana gave it to you, to decide in their name: “On the train”",
  ]);
  expect(delegationWords({ ...none, delegations: [{ ...given, reason: null }] })).toEqual([
    "Ana gave it to Bo, and either of them may decide.",
  ]);
  expect(delegationWords({ ...none, delegations: [] })).toEqual([]);
});

it("row 28 says who answers for whom is away, to the deputy and to everybody else", () => {
  const now = Date.parse("2026-12-01T09:00:00Z");
  const until = "2026-12-04T08:00:00.000Z";
  const deputies = [{ from: "Max", to: "Dana", until }];
  const words = (standsInFor: { name: string; until: string } | null) =>
    delegationWords({ ...none, delegations: [], deputies, standsInFor }, now, "UTC");
  expect(words({ name: "Max", until })).toEqual(["You decide for Max, who is away until 4 Dec, 08:00."]);
  expect(words(null)).toEqual(["Max is away until 4 Dec, 08:00, so Dana may decide it too, in their name."]);
});

it("finds colleagues by parts of their name and address", () => {
  const bo = { name: "Bo Berg", email: "bo@north.test" };
  const kim = { name: "Kim Lind", email: "kim@south.test" };
  expect(colleaguesFound([bo, kim], " berg  BO")).toEqual([bo]);
  expect(colleaguesFound([bo, kim], "south")).toEqual([kim]);
  expect(colleaguesFound([bo, kim], "")).toEqual([bo, kim]);
  expect(colleaguesFound([bo, kim], "berg south")).toEqual([]);
});
