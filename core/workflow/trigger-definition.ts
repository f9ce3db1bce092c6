import type { z } from "zod";
import type { Json, JsonObject } from "@/core/json";
import type { Issue, Trigger } from "./document";
import type { ExpressionSite } from "./step-definition";

/** What the expressions of a trigger may read. */
export interface TriggerSight {
  /** Fields of `trigger`; null: what arrived may hold anything. */
  trigger: readonly string[] | null;
  /** Whether there is a `request` beside it. */
  request: boolean;
}

/** How what arrived becomes the workflow's input, as the form for it says. */
export interface TriggerMapping {
  /** What the input is while nothing is mapped, as a sentence. */
  unmapped: string;
  /** What may be written into a field. */
  hint: string;
  /** True: a new mapping takes each field from the field of that name in what arrived. */
  startsByName: boolean;
}

/** What a type of trigger is, for browser and server alike. Data and pure functions only. */
export interface TriggerDefinition {
  type: string;
  title: string;
  /** What it is good for, in the menu. */
  hint: string;
  /** lucide icon name in kebab-case. */
  icon: string;
  /** Where it stands among the others in the menu, lowest first. Absent: it is not offered, though documents may have it. */
  menuPlace?: number;
  /**
   * The type's own fields; those that every trigger has (id, type, label, input) stand in `core/workflow/triggers.ts`. A trigger is
   * checked against the fields of all types, so a name means the same in each.
   */
  fields: Readonly<Record<string, z.ZodType>>;
  /** What a new one says. */
  starter: Readonly<JsonObject>;
  /** What the button says that makes one for a workflow that nothing starts. Absent: it must be set up first. */
  fixLabel?: string;
  /** What starts the workflow, in one sentence: "Every weekday at 09:00, Asia/Jakarta." */
  sentence(trigger: Trigger): string;
  /** What sets it apart from others of its type, where two versions are compared; empty where nothing does. */
  detail?(trigger: Trigger): string;
  /** How a change of one of its own fields is said, where its name and its values are not how people say it. Null: as any other. */
  changeWords?(field: string, before: Trigger, after: Trigger): string | null;
  /** Who sends, as far as its settings say it: "GitHub". */
  sender?(trigger: Pick<Trigger, "signature" | "deliveryId">): string | undefined;
  sees: TriggerSight;
  /** Expressions in its own fields; label, input and filter are found anyway. */
  expressionSites?(trigger: Trigger): ExpressionSite[];
  /** Absent: nothing is mapped, because what arrives is the input. */
  mapping?: TriggerMapping;
  /** True: only somebody of the organization, or a program with a key of one, sets it off. Others keep a row while they are live. */
  startedByMembers: boolean;
  /** True: people who build nothing find it among the requests. */
  isRequestable: boolean;
  /** True: a run that it starts may have a conversation with a customer. */
  mayTalk: boolean;
  /** Where it is reached from outside, below the product's own address; a token follows. Absent: it has no address. */
  addressPath?: string;
  /** True: callers may have to prove who they are, with a secret that the trigger keeps. */
  hasSecret: boolean;
  /** The event that it listens to; null while it does not say. */
  listensTo?(trigger: Trigger): string | null;
  /** The first times after `after` (ms) at which it starts by itself; none while it is not set up right. */
  nextTimes?(trigger: Trigger, after: number, count: number): number[];
  /** Whether two forms of it start at the same times: then it keeps the time that it is waiting for. */
  sameTimes?(before: Trigger, after: Trigger): boolean;
  /** Something like what arrives, to try it with. */
  sample(trigger: Trigger, inputSchema: JsonObject | undefined): Json;
  /** Checks of this type alone; `path` is the field's: `cron`. */
  lint?(trigger: Trigger): Omit<Issue, "nodeId">[];
}

export type TriggerDefinitions = Readonly<Record<string, TriggerDefinition>>;
