import { permissionRoles } from "@/core/permissions";
import { showId } from "@/core/ids";
import type { MemberItem } from "@/core/contracts/member";
import { wordsOf } from "@/components/ui/name-words";

/** Somebody who can be asked: a role, a team or a person. */
export interface AssigneeOption {
  /** As it is written in the step: `role:manager`, `team:finance`, `user:usr_…`. */
  ref: string;
  label: string;
  group: "Roles" | "Teams" | "People";
  detail: string;
}

/** Everybody and every group that the organization's members show. */
export function assigneeOptions(members: readonly MemberItem[]): AssigneeOption[] {
  const active = members.filter((member) => member.is_active);
  const business = [...new Set(active.flatMap((member) => member.business_roles))].sort();
  const permission = permissionRoles.filter(
    (role) => !business.includes(role) && active.some((member) => member.role === role),
  );
  const teams = new Map(
    active.flatMap((member) => member.teams.map((team): [string, string] => [team.slug, team.name])),
  );
  const holders = (has: (member: MemberItem) => boolean) => names(active.filter(has).map((member) => member.name));
  return [
    ...[...business, ...permission].map((role): AssigneeOption => ({
      ref: `role:${role}`,
      label: wordsOf(role),
      group: "Roles",
      detail: holders((member) =>
        business.includes(role) ? member.business_roles.includes(role) : member.role === role,
      ),
    })),
    ...[...teams].map(([slug, name]): AssigneeOption => ({
      ref: `team:${slug}`,
      label: name,
      group: "Teams",
      detail: holders((member) => member.teams.some((team) => team.slug === slug)),
    })),
    ...active.map((member): AssigneeOption => ({
      ref: `user:${showId("user", member.id)}`,
      label: member.name,
      group: "People",
      detail: member.email,
    })),
  ];
}

function names(list: readonly string[]): string {
  return list.length > 3 ? `${list.slice(0, 3).join(", ")} and ${list.length - 3} more` : list.join(", ");
}

/** A reference for people: the name where it is known, else what was written. */
export function assigneeName(ref: string, options: readonly AssigneeOption[]): string {
  const known = options.find((option) => option.ref === ref);
  if (known) return known.label;
  const [kind, rest = ""] = ref.split(":", 2);
  return kind === "role" || kind === "team" ? wordsOf(rest) : ref;
}

/** One reference is written as a text, several as a list, none not at all. */
export function writeAssignees(refs: readonly string[]): string | readonly string[] | undefined {
  const [only] = refs;
  return refs.length < 2 ? only : refs;
}
