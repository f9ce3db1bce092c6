import { isAssigneeReference } from "@/core/assignee-reference";
import { permissionRoles, roleScopes, type Scope } from "@/core/permissions";
import type { Issue, SpecNode } from "@/core/workflow/document";
import { isJsonObject } from "@/core/json-guard";
import { triggerOf } from "@/core/workflow/trigger-lookup";
import type { IndexedNode } from "@/core/workflow/spec-index";
import { namesOutside, withOutside } from "./outside-people";
import { called, eachNode, errorAt, warningAt } from "./rule";
import type { Rule, ValidationContext } from "./rule";

const correction = "Write role:manager, team:…, user:… or an e-mail address of a member.";

/**
 * `no_reachable_approver`: somebody could decide. Whom the data chooses is left to the run; a wait for people who are not
 * there, or may not answer, would never end.
 */
export const noReachableApprover: Rule = eachNode((indexed, known) => {
  const { definition, config, node } = indexed;
  if (config === undefined || definition?.assignees === undefined) return [];
  const outside = definition.asksOutside?.(config);
  const context =
    outside === true && known.people !== undefined ? { ...known, people: withOutside(known.people) } : known;
  const asked = definition.assignees(config);
  const isOpenToAll = asked.length === 0 && node["assignTo"] === undefined;
  const next = definition.standIns?.(config) ?? [];
  const right = definition.answeredWith ?? null;
  const few = isOpenToAll ? [] : tooFew(called(indexed), asked, definition.deciders?.(config) ?? null, right, context);
  const found = [
    ...(isOpenToAll || few.length > 0 ? [] : peopleProblems(called(indexed), asked, right, context)).map(
      ({ severity, message }) =>
        (severity === "error" ? errorAt : warningAt)(indexed, "no_reachable_approver", "assignTo", message),
    ),
    ...(next.length === 0
      ? []
      : peopleProblems(`${called(indexed)}, after its time has run out,`, next, right, context)
    ).map(({ severity, message }) =>
      (severity === "error" ? errorAt : warningAt)(indexed, "no_reachable_approver", "escalateTo", message),
    ),
    ...few.map(({ path, message }) => errorAt(indexed, "no_reachable_approver", path, message)),
    ...(isOpenToAll || !wantsFourEyes(node) ? [] : fourEyes(called(indexed), asked, right, context)).map(
      ({ severity, message }) =>
        (severity === "error" ? errorAt : warningAt)(
          indexed,
          "no_reachable_approver",
          "policy.requesterCannotApprove",
          message,
        ),
    ),
    ...(outside === true && wantsFourEyes(node) ? typedByStarter(indexed, [...asked, ...next]) : []),
  ];
  const hint = outside === false && namesOutside([...asked, ...next], context.people) ? ` ${outsideHint}` : "";
  return found.map((issue) => ({ ...issue, message: `${issue.message}${hint}` }));
});

const outsideHint = "Addresses of people without an account are asked only where `outside` is true.";

/** Whoever starts a run may name a second mailbox of their own: an address that nobody has checked is nobody. */
function typedByStarter(indexed: IndexedNode, references: readonly string[]): Issue[] {
  const fromData = references.filter(isDynamic);
  if (fromData.length === 0) return [];
  const path = "policy.requesterCannotApprove";
  return fromData.length === references.length
    ? [
        errorAt(
          indexed,
          "no_reachable_approver",
          path,
          `Whoever asked may not decide ${called(indexed)}, but everybody who does is named by data and may be outside: whoever starts the run could name a second address of their own. Write somebody's address, or a role or team, or set \`outside\` to false.`,
        ),
      ]
    : [
        warningAt(
          indexed,
          "no_reachable_approver",
          path,
          `Whoever starts the run could name a second address of their own to decide ${called(indexed)}, although whoever asked may not. Let data name members only (\`outside\` false), or make sure where the address comes from.`,
        ),
      ];
}

type Finding = Pick<Issue, "severity" | "message">;
type KnownPeople = Pick<ValidationContext, "people">;

/** Whether those whom something waits for are there, and may answer. `subject`: begins the sentence. */
export function peopleProblems(
  subject: string,
  references: readonly string[],
  right: Scope | null,
  context: KnownPeople,
): Finding[] {
  if (references.length === 0)
    return [{ severity: "error", message: `${subject} waits for nobody: its list of people is empty. ${correction}` }];
  if (references.some(isDynamic)) return [];
  const missing = references.flatMap((reference) => {
    const found = absence(reference, right, context);
    return found === null ? [] : [{ ...found, why: `"${reference.slice(0, 100)}" ${found.why}` }];
  });
  if (missing.length === 0) return [];
  const whys = missing.map(({ why }) => why).join(", ");
  const isThere = missing.every(({ isThere: there }) => there);
  const next = isThere && right !== null ? rightCorrection(right) : correction;
  return missing.length === references.length
    ? [
        {
          severity: "error",
          message: `${subject} waits for people who ${isThere ? "may not answer" : "are not there"}: ${whys}. ${next}`,
        },
      ]
    : [{ severity: "warning", message: `Of those whom ${subject} waits for, ${whys}. ${next}` }];
}

/** What the rights to answer let people do. */
const deeds: Partial<Record<Scope, string>> = {
  "approvals:decide": "decide approvals",
  "forms:submit": "fill in forms",
  "handoffs:resolve": "take over conversations",
};

function rightCorrection(right: Scope): string {
  const least = permissionRoles.findLast((role) => roleScopes[role].includes(right));
  return `Ask other people, or give somebody there the role ${least ?? "owner"}: with less nobody may ${deeds[right] ?? "answer"}.`;
}

/** Why nobody answers to a reference; null when somebody does, or when that is not known here. */
function absence(
  reference: string,
  right: Scope | null,
  { people }: KnownPeople,
): { why: string; isThere: boolean } | null {
  if (!isAssigneeReference(reference)) return { why: "names nobody", isThere: false };
  if (people === undefined) return null;
  const found = people.behind(reference);
  if (found === null) return { why: "does not exist", isThere: false };
  if (found.length === 0) return { why: "has no active member", isThere: false };
  return right === null || found.some((person) => people.may(person, right))
    ? null
    : { why: `has nobody who may ${deeds[right] ?? "answer"}`, isThere: true };
}

/** More must answer than are there, or in turn somebody of each reference, and one of those has nobody. */
export function tooFew(
  subject: string,
  references: readonly string[],
  deciders: { atLeast: number; inTurn: boolean } | null,
  right: Scope | null,
  context: KnownPeople,
): { path: string; message: string }[] {
  if (deciders === null || references.length === 0) return [];
  const absent = references.map((reference) => (isDynamic(reference) ? null : absence(reference, right, context)));
  // That nobody at all is there is said already.
  if (absent.every((found) => found !== null)) return [];
  const gone = absent.findIndex((found) => found !== null);
  if (deciders.inTurn && gone >= 0)
    return [
      {
        path: "assignTo",
        message: `${subject} asks one after the other, and "${references[gone]?.slice(0, 100) ?? ""}" ${absent[gone]?.why ?? ""}: it would stop there. ${correction}`,
      },
    ];
  const { people } = context;
  if (people === undefined || deciders.atLeast < 2 || references.some(isDynamic)) return [];
  const able = new Set(
    references
      .flatMap((reference) => people.behind(reference) ?? [])
      .filter((person) => right === null || people.may(person, right)),
  ).size;
  return able >= deciders.atLeast
    ? []
    : [
        {
          path: "quorum.n",
          message: `${subject} needs ${String(deciders.atLeast)} approvals, and only ${String(able)} of those who are asked may give one. Ask more people, or ask for fewer approvals.`,
        },
      ];
}

/** Whether a step says that whoever asked may not decide. */
export function wantsFourEyes({ policy }: SpecNode): boolean {
  return isJsonObject(policy) && policy["requesterCannotApprove"] === true;
}

/** Whoever asked may not decide: then one approver is too few for what that one starts. */
export function fourEyes(
  subject: string,
  references: readonly string[],
  right: Scope | null,
  { people, triggers, triggerDefinitions }: ValidationContext,
): Finding[] {
  if (people === undefined || references.some(isDynamic)) return [];
  const deciders = [...new Set(references.flatMap((reference) => people.behind(reference) ?? []))].filter(
    (person) => right === null || people.may(person, right),
  );
  const [only] = deciders;
  if (only === undefined || deciders.length > 1) return [];
  const byPeopleAlone = (triggers ?? []).every(
    (trigger) => triggerOf(trigger, triggerDefinitions)?.startedByMembers ?? false,
  );
  const others = people.all().some((person) => person !== only && people.may(person, "runs:start"));
  if (!others && byPeopleAlone)
    return [
      {
        severity: "error",
        message: `Only one person can decide ${subject}, and nobody else can start this workflow, but whoever asked may not approve. Add a second approver, or switch "requesterCannotApprove" off.`,
      },
    ];
  return people.may(only, "runs:start")
    ? [
        {
          severity: "warning",
          message: `Only one person can decide ${subject}, and not what that person asked for: such a run waits for nobody. Add a second approver.`,
        },
      ]
    : [];
}

function isDynamic(reference: string): boolean {
  return reference.includes("${");
}
