import { describe, expect, it } from "vitest";
import type { DirectoryFacts } from "@/core/directory";
import { holderWords } from "./holders";

const person = (userId: string, name: string, businessRoles: string[] = []) => ({
  userId,
  name,
  email: `${userId}@acme.test`,
  role: "approver",
  businessRoles,
});
const directory: DirectoryFacts = {
  members: [
    person("max", "Max", ["finance"]),
    person("dana", "Dana", ["finance"]),
    person("kim", "Kim", ["kyc"]),
    ...["Ana", "Ben", "Cem", "Dov", "Eva"].map((name) => person(name, name, ["desk"])),
  ],
  teams: [],
  roles: [
    { slug: "finance", name: "Finance" },
    { slug: "kyc", name: "KYC" },
    { slug: "desk", name: "Desk" },
    { slug: "legal", name: "Legal" },
  ],
};
const names = new Map([
  ["role:finance", "Finance"],
  ["role:kyc", "KYC"],
  ["role:desk", "Desk"],
  ["role:legal", "Legal"],
  ["user:gone", "Somebody who left"],
]);
const words = (assignees: string[], reader = "nobody") => holderWords(assignees, { directory, names, reader });

describe("who has a request, for a colleague", () => {
  it.each([
    [["role:finance"], "Finance: Max or Dana"],
    [["role:desk"], "Desk: Ana, Ben, Cem or 2 others"],
    [["role:legal"], "Legal"],
    [["role:kyc", "user:max"], "KYC: Kim; Max"],
    [["user:gone"], "Somebody who left"],
    [[], "a colleague"],
  ])("%j is told as %s", (assignees, said) => {
    expect(words(assignees)).toBe(said);
  });

  it("does not tell the reader of themselves, unless there is nobody else", () => {
    expect(words(["role:finance"], "max")).toBe("Finance: Dana");
    expect(words(["role:kyc"], "kim")).toBe("KYC: you");
    expect(words(["user:kim"], "kim")).toBe("you");
  });
});
