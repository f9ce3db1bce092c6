import { describe, expect, it } from "vitest";
import type { MemberItem } from "@/core/contracts/member";
import { assigneeName, assigneeOptions, writeAssignees } from "./assignee-refs";

describe("K-30 who is asked", () => {
  const team = { id: "0190a0a0-0000-7000-8000-0000000000aa", slug: "finance", name: "Finance" };
  const member = (n: number, name: string, more: Partial<MemberItem>): MemberItem => ({
    id: `0190a0a0-0000-7000-8000-00000000000${n}`,
    name,
    email: `${name.toLowerCase()}@holdpoint.test`,
    role: "approver",
    business_roles: [],
    teams: [],
    is_active: true,
    ...more,
  });
  const options = assigneeOptions([
    member(1, "Max", { business_roles: ["manager"], teams: [team] }),
    member(2, "Ana", { role: "viewer", business_roles: ["kyc_analyst"] }),
    member(3, "Gone", { role: "operator", business_roles: ["ghost"], is_active: false }),
  ]);

  it("is a role somebody has, a team or a person; nobody who left", () => {
    expect(options.map(({ ref }) => ref.replace(/usr_.*/, "usr"))).toEqual([
      "role:kyc_analyst",
      "role:manager",
      "role:approver",
      "role:viewer",
      "team:finance",
      "user:usr",
      "user:usr",
    ]);
    expect(options[0]).toMatchObject({ label: "Kyc analyst", group: "Roles", detail: "Ana" });
  });

  it("is written as one text or as a list, and read back as a name", () => {
    expect(writeAssignees([])).toBeUndefined();
    expect(writeAssignees(["role:manager"])).toBe("role:manager");
    expect(writeAssignees(["role:manager", "team:finance"])).toEqual(["role:manager", "team:finance"]);
    expect(assigneeName("team:finance", options)).toBe("Finance");
    expect(assigneeName("role:head_of_risk", options)).toBe("Head of risk");
    expect(assigneeName("jane@acme.com", options)).toBe("jane@acme.com");
  });
});
