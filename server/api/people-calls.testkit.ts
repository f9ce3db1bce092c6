import type { Scope } from "@/core/permissions";
import type { UserActor } from "@/server/db/tenant";
import * as absences from "@/server/modules/absences/service";
import * as members from "@/server/modules/members/service";

export type Calls = Readonly<Record<string, readonly [scope: Scope, call: (actor: UserActor) => unknown]>>;

/** The id of nothing. */
export const gone = "00000000-0000-7000-8000-000000000000";

/** Use cases about people, for `service-guards.test.ts`. */
export const peopleCalls: Readonly<Record<string, Calls>> = {
  absences: {
    listAbsences: ["members:read", (actor) => absences.listAbsences(actor)],
    setAbsence: ["absences:write", (actor) => absences.setAbsence(actor, { workflows: [] })],
    endAbsence: ["absences:write", (actor) => absences.endAbsence(actor, gone)],
  },
  members: {
    listMembers: ["members:read", (actor) => members.listMembers(actor)],
    listGroups: ["members:read", (actor) => members.listGroups(actor)],
    changeMember: ["members:manage", (actor) => members.changeMember(actor, { memberId: gone, roles: [], teams: [] })],
    saveGroup: ["members:manage", (actor) => members.saveGroup(actor, { kind: "team", id: null, name: "x" })],
    removeGroup: ["members:manage", (actor) => members.removeGroup(actor, { kind: "team", id: gone })],
  },
};
