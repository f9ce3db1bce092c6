import type { z } from "zod";
import type { Json, JsonObject } from "@/core/json";
import type { Issue, Trigger } from "./document";

/** What the expressions of a trigger may read. */
export interface TriggerSight {
  /** Fields of `trigger`; null: what arrived may hold anything. */
  trigger: readonly string[] | null;
  /** Whether there is a `request` beside it. */
  request: boolean;
}

/** What a type of trigger is, for browser and server alike. Data and pure functions only. */
export interface TriggerDefinition {
  type: string;
  title: string;
  /** What it is good for, in the menu. */
  hint: string;
  /** lucide icon name in kebab-case. */
  icon: string;
  /** False: it is not in the menu, though documents may have it. */
  isOffered: boolean;
  /** The type's own fields; those that every trigger may have (id, type, label, input, filter) stand in `core/workflow/triggers.ts`. */
  fields: Readonly<Record<string, z.ZodType>>;
  /** What a new one says. */
  starter: Readonly<JsonObject>;
  /** What starts the workflow, in one sentence: "Every weekday at 09:00, Asia/Jakarta." */
  sentence(trigger: Trigger): string;
  /** What sets it apart from others of its type, where two versions are compared; empty where nothing does. */
  detail?(trigger: Trigger): string;
  /** Who sends, as far as its settings say it: "GitHub". */
  sender?(trigger: Pick<Trigger, "signature" | "deliveryId">): string | undefined;
  sees: TriggerSight;
  /** True: what arrived becomes the input by templates, and gives the run card its label. */
  mapsWhatArrives: boolean;
  /** True: only somebody of the organization, or a program with a key of one, sets it off. */
  startedByMembers: boolean;
  /** True: people who build nothing find it among the requests. */
  isRequestable: boolean;
  /** True: a run that it starts may have a conversation with a customer. */
  mayTalk: boolean;
  /** Where it is reached from outside, below the product's own address; a token follows. Absent: it has no address. */
  addressPath?: string;
  /** True: callers may have to prove who they are, with a secret that the trigger keeps. */
  hasSecret: boolean;
  /** The event that it listens to. */
  listensTo?(trigger: Trigger): string | null;
  /** The first time after `after` (ms) at which it starts by itself; null: never. */
  nextTime?(trigger: Trigger, after: number): number | null;
  /** Something like what arrives, to try expressions with. */
  sample(inputSchema: JsonObject | undefined): Json;
  /** Checks of this type alone; `path` is the field's: `cron`. */
  lint?(trigger: Trigger): Omit<Issue, "nodeId">[];
}

export type TriggerDefinitions = Readonly<Record<string, TriggerDefinition>>;
