import { LRUCache } from "lru-cache";
import { findChannel } from "@/channels/definitions";
import type { LiveRule } from "@/core/approver-rules/document";
import { chooseCalendar } from "@/core/schedule/choose-calendar";
import { addressesOn, resolveRef, splitRef, type DirectoryFacts } from "@/core/directory";
import { outsideAddress, outsideRef } from "@/core/outside-address";
import type { DirectoryPort } from "@/core/ports";
import type { Actor, OrganizationId } from "@/server/db/tenant";
import {
  findContact,
  listBusinessRoles,
  listCalendarNames,
  listCalendarsMeant,
  listLiveRules,
  listMembers,
  listTeams,
} from "./repository";

interface Directory extends DirectoryFacts {
  readAt: number;
}

/** People change seldom and are asked for at every approval: a second of staleness is taken for names and addresses. */
const freshMs = 1000;
/** Organizations whose people are kept at once. */
const maxDirectories = 500;
const directories = new LRUCache<OrganizationId, Promise<Directory>>({ max: maxDirectories });

async function directory(organizationId: OrganizationId): Promise<Directory> {
  const known = await directories.get(organizationId)?.catch(() => null);
  if (known && Date.now() - known.readAt < freshMs) return known;
  const reading = Promise.all([
    listMembers(organizationId),
    listTeams(organizationId),
    listBusinessRoles(organizationId),
  ]).then(([members, teams, roles]) => ({ members, teams, roles, readAt: Date.now() }));
  directories.set(organizationId, reading);
  return reading;
}

/** The references under which an actor may act: own user, teams, business roles and, where no business role of that name exists, the permission role. */
export async function assigneeRefsOf(actor: Actor): Promise<string[]> {
  const { roles } = await directory(actor.organizationId);
  const businessSlugs = new Set(roles.map((role) => role.slug));
  const refs = actor.businessRoles.map((slug) => `role:${slug}`);
  if (actor.userId !== null) refs.push(`user:${actor.userId}`);
  // Who was asked outside may be a member by now.
  const address = actor.userId === null || actor.email === null ? null : outsideRef(actor.email);
  if (address !== null) refs.push(address);
  for (const teamId of actor.teamIds) refs.push(`team:${teamId}`);
  if (actor.role !== null && !businessSlugs.has(actor.role)) refs.push(`role:${actor.role}`);
  return refs;
}

/** Names for references, for people: "Manager", "Kim", "Finance". */
export async function nameRefs(organizationId: OrganizationId, refs: readonly string[]): Promise<Map<string, string>> {
  const { members, teams, roles } = await directory(organizationId);
  return new Map(
    refs.map((ref) => {
      const [kind, id] = splitRef(ref);
      const address = outsideAddress(ref);
      if (address !== null) return [ref, address];
      if (kind === "role") return [ref, roles.find((role) => role.slug === id)?.name ?? sentence(id)];
      if (kind === "user") return [ref, members.find((member) => member.userId === id)?.name ?? "Somebody who left"];
      return [ref, teams.find((team) => team.id === id)?.name ?? "A former team"];
    }),
  );
}

export async function memberNames(organizationId: OrganizationId): Promise<Map<string, string>> {
  const { members } = await directory(organizationId);
  return new Map(members.map((member) => [member.userId, member.name]));
}

/** The active members as validation asks for them (`peopleOf`); data only, so that it can be sent to a thread. */
export async function directoryFacts(organizationId: OrganizationId): Promise<DirectoryFacts> {
  const { members, teams, roles } = await directory(organizationId);
  return { members, teams, roles };
}

/** The tables of approver rules that decide at this moment, by name. Read each time: what was published a moment ago holds. */
export function liveRules(organizationId: OrganizationId): Promise<LiveRule[]> {
  return listLiveRules(organizationId, null);
}

/** The one of this key; null where none is live. */
async function liveRule(organizationId: OrganizationId, key: string): Promise<LiveRule | null> {
  const [found] = await listLiveRules(organizationId, key);
  return found ?? null;
}

/** The working calendars, by name. */
export function calendarNames(organizationId: OrganizationId): Promise<{ slug: string; name: string }[]> {
  return listCalendarNames(organizationId);
}

/** The directory as steps see it. */
export function createDirectoryPort(organizationId: OrganizationId): DirectoryPort {
  return {
    async resolveAssignees(refs) {
      const known = await directory(organizationId);
      const resolved = refs.map((ref) => ({ ref, found: resolveRef(known, ref) }));
      return {
        refs: [...new Set(resolved.map(({ ref, found }) => found ?? ref))],
        unknown: resolved.filter(({ found }) => found === null).map(({ ref }) => ref),
      };
    },
    approverRule: (key) => liveRule(organizationId, key),
    calendar: async (named, asked) =>
      chooseCalendar(await listCalendarsMeant(organizationId, named, asked), named, asked),
    async addresses(to, channel) {
      const definition = findChannel(channel);
      if (definition === null) return [];
      const known = await directory(organizationId);
      return addressesOn(definition, to, known, (ref) => findContact(organizationId, ref));
    },
  };
}

function sentence(slug: string): string {
  const words = slug.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
