import { expect, it } from "vitest";
import { colleaguesFound } from "./colleagues-found";
import { delegationWords } from "./delegation-words";

const given = { from: "Ana", to: "Bo", reason: "On the train", at: "2026-11-30T09:00:00.000Z" };

it("row 14 says who may decide in whose name, as each of them reads it", () => {
  const delegations = [given];
  expect(delegationWords({ delegations, delegatedBy: null, delegatedTo: "Bo" })).toEqual([
    "You gave it to Bo, and either of you may decide: “On the train”",
  ]);
  expect(
    delegationWords({ delegations, delegatedBy: { name: "Ana", reason: "On the train" }, delegatedTo: null }),
  ).toEqual(["Ana gave it to you, to decide in their name: “On the train”"]);
  expect(delegationWords({ delegations: [{ ...given, reason: null }], delegatedBy: null, delegatedTo: null })).toEqual([
    "Ana gave it to Bo, and either of them may decide.",
  ]);
  expect(delegationWords({ delegations: [], delegatedBy: null, delegatedTo: null })).toEqual([]);
});

it("finds colleagues by parts of their name and address", () => {
  const bo = { name: "Bo Berg", email: "bo@north.test" };
  const kim = { name: "Kim Lind", email: "kim@south.test" };
  expect(colleaguesFound([bo, kim], " berg  BO")).toEqual([bo]);
  expect(colleaguesFound([bo, kim], "south")).toEqual([kim]);
  expect(colleaguesFound([bo, kim], "")).toEqual([bo, kim]);
  expect(colleaguesFound([bo, kim], "berg south")).toEqual([]);
});
