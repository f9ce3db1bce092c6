import type { z } from "zod";
import type { JsonObject } from "@/core/json";
import type { Scope } from "@/core/permissions";
import type { Issue, RetrySetting, Spec, SpecNode } from "./document";

/**
 * - `pure`: decided from data alone; costs no durable step, never retried.
 * - `effect`: acts on the world (or writes what others will deliver); one durable step, retried.
 * - `wait`: opens a waitpoint and goes on when it is resolved.
 * - `container`: runs a body several times.
 */
export type StepKind = "pure" | "effect" | "wait" | "container";

/** The 24 px icon tile of `07-look.md`; never used for status. */
export type StepColor = "start" | "action" | "llm" | "condition" | "loop" | "output" | "checkpoint" | "other";

/** Headings of the palette, in `components/builder/palette/palette-items.ts` in their order. */
export type StepGroup = "people" | "actions" | "flow" | "ends";

/** A way out of a node. */
export interface Handle {
  id: string;
  label: string;
  /** The handle that an edge without a case means. At most one per node. */
  unlabelled?: boolean;
  /** Publishing is refused when nothing is connected to it. */
  required?: boolean;
  /** A warning when nothing is connected to it: that branch ends there. */
  expected?: boolean;
  /** When nothing is connected to it, taking it fails the run. */
  failsUnconnected?: boolean;
}

/** Where a config holds an expression or templates, so that validation, references and the builder find them all. */
export interface ExpressionSite {
  /** Path inside the node, e.g. `cases.passed` or `input.customer`. */
  path: string;
  /** `expression` is bare CEL (or a JSON-logic object); `template` is any value that may contain `${…}`. */
  kind: "expression" | "template";
  value: unknown;
  /** Names beyond the usual ones that are visible here, e.g. `output` in `result`. */
  extraNames?: readonly string[];
  /** Evaluated inside the container's own body, after an iteration: the body's steps are visible. */
  insideBody?: boolean;
}

/** What `normalize` may know about the node's surroundings. */
export interface NormalizeContext {
  /** Cases of the edges that the document draws from this node. */
  edgeCases: readonly string[];
  isNode(id: string): boolean;
}

/** What `lint` may know beyond its own config. */
export interface LintContext {
  /** Handles of this node that something is connected to. */
  connected: ReadonlySet<string>;
  /** True inside a container's body. */
  inBody: boolean;
  /** False: nothing that starts the workflow brings a conversation with a customer. */
  mayTalk: boolean;
  /** A step hands out the address of this node's page. */
  isHandedOut?: boolean;
}

/** What a step type is, for browser and server alike. Data and pure functions only. */
export interface StepDefinition<C = unknown> {
  type: string;
  /** Other spellings accepted on import; letter case does not matter. */
  aliases: readonly string[];
  title: string;
  /** One sentence, shown in the palette and the docs. */
  description: string;
  /** lucide icon name in kebab-case. */
  icon: string;
  /** Its heading in the palette. */
  group: StepGroup;
  color: StepColor;
  kind: StepKind;
  /** False while the executor does not exist yet: the type loads and validates but refuses to publish (`step_not_available`). */
  available: boolean;
  /** The type's own fields (never the common ones of `SpecNode`). Unknown keys go to `x-source` before this is applied. */
  config: z.ZodType<C>;
  /** Fields that people may write otherwise than `config` stores them; for the schema that editors complete with. */
  writtenFields?: Readonly<Record<string, z.ZodType>>;
  /** Ways out, `error` excepted (every effect has that one implicitly). */
  handles(config: C): Handle[];
  /** Fields that a new step begins with; ids inside a body get the step's own id in front. The rest is for people to fill in. */
  starter?: Readonly<JsonObject>;
  /** Other names of its fields that documents use, with the field that each means. Applied before `normalize`. */
  spellings?: Readonly<Record<string, string>>;
  /** Brings other forms of values to the canonical one, and takes targets given inline (`cases.x.next`) out as edges. */
  normalize?(
    raw: JsonObject,
    context: NormalizeContext,
  ): { fields: JsonObject; targets: { case: string; to: string }[] };
  /** What its output holds, as far as the settings tell; for completion. */
  outputSchema?(config: C): JsonObject;
  /** One line for the card, e.g. `stripe.subscription.preview` or `current_plan != 'enterprise'`. */
  summary(config: C): string;
  expressionSites(config: C): ExpressionSite[];
  /**
   * Which fields' values stand in what it leaves behind. `output`: the one field that its output is, or those that stand in it under
   * their names. `summary`: those that its line on the run's page quotes. What is sensitive is followed through them.
   */
  leaves?: { output?: string | readonly string[]; summary?: readonly string[] };
  /** Used when neither the node nor the workflow says otherwise. */
  defaultRetry?: RetrySetting;
  defaultTimeoutMs?: number;
  /** Its output is the result of the run (or of the iteration) whatever other branches end with. Set by `output`. */
  givesResult?: boolean;
  /** The inner document of a container. */
  body?(config: C): Pick<Spec, "startNodeId" | "nodes" | "edges">;
  /** Fields that hold a JSON Schema written by people. */
  jsonSchemas?: readonly string[];
  /** Extra checks of this type alone. */
  lint?(config: C, node: SpecNode, context: LintContext): Omit<Issue, "nodeId">[];
  /** The handle an edge without a case means, whatever the config. Absent: every edge must say its case. */
  implicitCase?: string;
  /** False where nothing can go wrong or nobody could follow: no `error` way out. Default true. */
  canFail?: boolean;
  /** The entry: it is the start of a document without `startNodeId`, and its `inputSchema` is the document's. */
  entry?: boolean;
  /** It ends the whole run, so it is refused inside a body. */
  endsRun?: boolean;
  /** It exists for its output alone: nobody reading it is worth a warning. */
  onlyOutput?: boolean;
  /** Names that the expressions in its body see beside the usual ones. */
  bodyNames?(config: C): readonly string[];
  /** What its body calls the current item; null when it goes through none. */
  itemName?(config: C): string | null;
  /** Slug of the connection it calls through (may be a template); null when the action's own default is meant. */
  connection?(config: C): string | null;
  /** Whether it waits for a call to an address of its own, which `run.callback` gives. */
  awaitsCallback?(config: C): boolean;
  /** Whether it asks with a form that has a page, whose address `run.form` gives. */
  opensPage?(config: C): boolean;
  /** The connector action it runs. */
  action?(config: C): { id: string; input: unknown };
  /** Whom it waits for: references as written. */
  assignees?(config: C): readonly string[];
  /** Whether addresses among them that belong to no member are asked too. */
  asksOutside?(config: C): boolean;
  /** The table of approver rules that says whom it waits for, and the questions that it answers; null where it names them itself. */
  approverRule?(config: C): { table: string; values: readonly string[] } | null;
  /** The working calendar by which its time counts, as written; null where every hour counts. */
  calendar?(config: C): string | null;
  /** How many of those whom it waits for must answer; in turn: somebody of each reference. */
  deciders?(config: C): { atLeast: number; inTurn: boolean };
  /** Who is asked when time has run out: references as written. */
  standIns?(config: C): readonly string[];
  /** What those whom it waits for see it as. */
  asks?: "approval" | "form" | "handoff";
  /** The ways out that a person's yes and no take: what comes behind the one was agreed to. */
  decides?: { yes: string; no: string };
  /** The right that those whom it waits for need. */
  answeredWith?: Scope;
}

// A registry holds definitions of many config types; `never` in the parameter position would make it unusable.
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the one place where the config type is erased
export type AnyStepDefinition = StepDefinition<any>;

export type StepDefinitions = Readonly<Record<string, AnyStepDefinition>>;
