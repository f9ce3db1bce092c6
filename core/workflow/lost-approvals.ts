import type { Json, JsonObject } from "@/core/json";
import { isJsonObject, ownField, sameJson, withoutKeys } from "@/core/json-guard";
import { approvalWays, contentOf, drawingOf, type ApprovalWays } from "./approval-ways";
import type { Spec, Trigger } from "./document";
import { indexSpec, type IndexedNode, type SpecIndex } from "./spec-index";
import type { StepDefinitions } from "./step-definition";
import type { TriggerDefinitions } from "./trigger-definition";
import { triggerOf } from "./trigger-lookup";

export interface LostApproval {
  id: string;
  name: string;
}

/** A version with all that is compared of it. */
export interface ComparedVersion {
  spec: Spec;
  config: { variables: JsonObject };
  triggers: readonly Trigger[];
}

interface Laid extends ComparedVersion {
  index: SpecIndex;
  triggerDefinitions: TriggerDefinitions;
}

/**
 * Approvals that `live` asks for and `other` does not: they are missing there, ask other people or otherwise, anything that decides
 * whether and whom they ask may come out otherwise (choices on the way, what these read, variables, what triggers make of the
 * input), or a step that acts and comes after them in `live` is reached without them. In doubt it is one.
 */
export function lostApprovals(
  live: ComparedVersion,
  other: ComparedVersion,
  definitions: StepDefinitions,
  triggerDefinitions: TriggerDefinitions,
): LostApproval[] {
  const asked: Laid = { ...live, index: indexSpec(live.spec, definitions), triggerDefinitions };
  const offered: Laid = { ...other, index: indexSpec(other.spec, definitions), triggerDefinitions };
  const approvals = [...asked.index.nodes.values()].filter(isApproval);
  const drawnAlike = sameJson(drawingOf(asked.index), drawingOf(offered.index));
  // Every way is walked for every approval. What is too large for that is looked at by people.
  const isTooLarge =
    !drawnAlike && approvals.length * Math.max(asked.index.nodes.size, offered.index.nodes.size) ** 2 > mostSteps;
  return approvals.flatMap((approval) => {
    const { id, name } = approval.node;
    const same = offered.index.nodes.get(id);
    const stands = same !== undefined && isApproval(same) && sameJson(contentOf(same), contentOf(approval));
    const isKept =
      stands &&
      !isTooLarge &&
      isAskedAlike(approval, same, asked, offered) &&
      !(drawnAlike
        ? isDoneByAnother(approval, asked.index, offered.index)
        : isGoneAround(approval, same, asked.index, offered.index));
    if (isKept) return [];
    return [{ id, name: name ?? approval.definition?.title ?? id }];
  });
}

const mostSteps = 10_000_000;

function isApproval({ definition, node }: IndexedNode): boolean {
  return definition?.answeredWith === "approvals:decide" && node.disabled !== true;
}

/** Whether what decides when and whom the approval asks is the same in both. */
function isAskedAlike(here: IndexedNode, there: IndexedNode, asked: Laid, offered: Laid): boolean {
  const [needed, given] = [approvalWays(asked.index, here), approvalWays(offered.index, there)];
  return (
    needed.nodes.size === given.nodes.size &&
    [...needed.nodes].every(([id, content]) => given.nodes.has(id) && sameJson(content, given.nodes.get(id))) &&
    [...needed.ways].every((way) => given.ways.has(way)) &&
    sameJson(variablesRead(needed, asked), variablesRead(needed, offered)) &&
    isFedAlike(needed, asked, offered)
  );
}

/** Only those that are read; one that is not there is none. */
function variablesRead({ variables }: ApprovalWays, { config }: Laid): JsonObject {
  if (variables === null) return config.variables;
  return Object.fromEntries(Object.entries(config.variables).filter(([name]) => variables.has(name)));
}

/** Whether the fields that are read come to be alike: by the defaults and limits of the input, and by what triggers make of it. */
function isFedAlike({ fields }: ApprovalWays, asked: Laid, offered: Laid): boolean {
  if (fields?.size === 0) return true;
  return (
    sameJson(schemaOf(asked.spec.inputSchema, fields), schemaOf(offered.spec.inputSchema, fields)) &&
    offered.triggers.every((trigger) => {
      const now = asked.triggers.find(({ id, type }) => id === trigger.id && type === trigger.type);
      // Whoever starts it by hand gives the input; in every other trigger that is new something else does.
      if (!now)
        return triggerOf(trigger, offered.triggerDefinitions)?.startedByMembers === true && trigger.input === undefined;
      return sameJson(feedOf(trigger, fields), feedOf(now, fields));
    })
  );
}

const annotations: ReadonlySet<string> = new Set(["title", "description", "examples", "$comment", "$schema", "$id"]);
/** What a trigger says about who may call, when it fires and how it answers. */
const asideOfTriggers: ReadonlySet<string> = new Set([
  ...[
    "label",
    "cron",
    "timezone",
    "missed",
    "overlap",
    "respond",
    "respondTimeoutMs",
    "methods",
    "callers",
    "signature",
  ],
  ...[
    "deliveryId",
    "verification",
    "verifyToken",
    "answer",
    "answerText",
    "answerStatus",
    "failedStatus",
    "input",
    "ui",
  ],
]);

function schemaOf(schema: JsonObject | undefined, fields: ReadonlySet<string> | null): Json {
  const { properties, required, additionalProperties, ...rest } = schema ?? {};
  const whole = {
    properties: properties ?? {},
    required: required ?? [],
    additionalProperties: additionalProperties ?? true,
  };
  if (fields === null) return bare({ ...rest, ...whole });
  const of = isJsonObject(properties) ? properties : {};
  return bare({
    ...withoutKeys(rest, new Set(["type"])),
    properties: Object.fromEntries(Object.entries(of).filter(([name]) => fields.has(name))),
    required: Array.isArray(required) ? required.filter((name) => typeof name === "string" && fields.has(name)) : [],
  });
}

/** Without the words that people read. */
function bare(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(bare);
  if (!isJsonObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]) => {
      if (annotations.has(key) && !isJsonObject(value)) return [];
      return [[key, key === "default" || key === "const" || key === "enum" ? value : bare(value)]];
    }),
  );
}

function feedOf({ input, ...rest }: Trigger, fields: ReadonlySet<string> | null): JsonObject {
  // Every field of a trigger came from JSON; its type leaves them open.
  const said = withoutKeys(rest as JsonObject, asideOfTriggers);
  if (input === undefined) return said;
  const read =
    fields === null ? input : Object.fromEntries([...fields].map((name) => [name, ownField(input, name) ?? null]));
  return { ...said, input: read };
}

/** Whether a step that needs no approval does in `offered` what one that waits for it does in the live version. */
function isDoneByAnother({ node }: IndexedNode, asked: SpecIndex, offered: SpecIndex): boolean {
  const open = reached(asked, [asked.spec.startNodeId], node.id);
  const held = [...reached(asked, [asked.spec.startNodeId], null)].filter((id) => acts(asked, id) && !open.has(id));
  const now = reached(offered, [offered.spec.startNodeId], node.id);
  if (held.some((id) => now.has(id))) return true;
  const others = [...now].filter((id) => acts(offered, id) && (!open.has(id) || isChanged(id, asked, offered)));
  return others.some((other) => held.some((id) => doesTheSame(asked.nodes.get(id), offered.nodes.get(other))));
}

/** Whether something is done without the approval, or beside it, that waits for it in the live version. */
function isGoneAround(here: IndexedNode, there: IndexedNode, asked: SpecIndex, offered: SpecIndex): boolean {
  if (isDoneByAnother(here, asked, offered)) return true;
  const { id } = here.node;
  const behind = afterwards(asked, here);
  const effects = [...behind].filter((step) => acts(asked, step));
  // The same from every choice on the way: what one way holds back may be done on another.
  const opened = approvalWays(asked, here).choices.some(({ node, handle }) => {
    const [before, after] = [onward(asked, node.node.id, handle, id), onward(offered, node.node.id, handle, id)];
    return effects.some((step) => after.has(step) && !before.has(step));
  });
  if (opened) return true;
  const everything = reached(offered, [offered.spec.startNodeId], null);
  const handles = new Set([...here.outgoing.keys(), ...there.outgoing.keys()]);
  return (
    // What waited for one of its answers waits for that one still.
    effects.some((step) => everything.has(step) && !afterwards(offered, there).has(step)) ||
    [...handles].some((handle) => {
      const [before, after] = [onward(asked, id, handle, null), onward(offered, id, handle, null)];
      return effects.some((step) => after.has(step) && !before.has(step));
    }) ||
    [...behind].some((step) => {
      const waits = asked.nodes.get(step)?.node.join !== "any";
      return waits && offered.nodes.get(step)?.node.join === "any";
    })
  );
}

function acts(index: SpecIndex, id: string): boolean {
  return index.nodes.get(id)?.definition?.kind === "effect";
}

function isChanged(id: string, asked: SpecIndex, offered: SpecIndex): boolean {
  const [here, there] = [asked.nodes.get(id), offered.nodes.get(id)];
  return !here || !there || !sameJson(contentOf(here), contentOf(there));
}

/** A step may have another id and do what another one did. */
function doesTheSame(here: IndexedNode | undefined, there: IndexedNode | undefined): boolean {
  if (!here || !there || here.definition?.kind !== "effect" || here.node.type !== there.node.type) return false;
  return ["service", "method", "path", "tool", "connection", "workflow", "to"].every((key) =>
    sameJson(here.node[key] ?? null, there.node[key] ?? null),
  );
}

function afterwards(index: SpecIndex, { node, outgoing }: IndexedNode): ReadonlySet<string> {
  return new Set([...outgoing.keys()].flatMap((handle) => [...onward(index, node.id, handle, null)]));
}

/** What a run may come to when it leaves a step on this way, also behind the loops around the step. */
function onward(index: SpecIndex, id: string, handle: string, barred: string | null): ReadonlySet<string> {
  const from = index.nodes.get(id);
  const first = (from?.outgoing.get(handle) ?? []).map(({ to }) => to);
  for (let at = from?.scope.container ?? null; at !== null; at = at.scope.container)
    for (const edges of at.outgoing.values()) first.push(...edges.map(({ to }) => to));
  return reached(index, first, barred);
}

/** Every step that a run may come to from some others when it never passes the one that is barred. */
function reached(index: SpecIndex, first: readonly string[], barred: string | null): ReadonlySet<string> {
  const found = new Set<string>();
  const bodies = new Map(index.scopes.map((scope) => [scope.container?.node.id ?? null, scope]));
  const queue = [...first];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const at = index.nodes.get(id);
    if (!at || id === barred || found.has(id)) continue;
    found.add(id);
    for (const edges of at.outgoing.values()) queue.push(...edges.map(({ to }) => to));
    const body = bodies.get(id);
    if (body) queue.push(body.startNodeId);
  }
  return found;
}
