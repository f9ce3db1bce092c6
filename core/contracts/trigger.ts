import type { Json, JsonObject } from "@/core/json";

/** How a trigger stands, beside what the draft says of it. */
export interface TriggerState {
  triggerId: string;
  type: string;
  /** `yes`: the live version has it as the draft does. `changed`: it has an older form of it. `no`: from the next publish on. */
  live: "yes" | "changed" | "no";
  /** Where to send to (webhook), or what to share (intake form). For those who may change the workflow. */
  url: string | null;
  hasSecret: boolean;
  /** webhook: calls must prove that they are genuine; without a secret all of them are refused. */
  needsProof: boolean;
  /** A change of the secret that waits for a second person. */
  askedSecret: { by: string; byYou: boolean; at: string; removes: boolean } | null;
  /** Of a schedule that is live: the times it fires at next, ISO-8601. */
  nextTimes: string[];
  lastFiredAt: string | null;
  /** What came of it last. */
  lastResult: TriggerResult | null;
}

/** What became of a change of a webhook's secret. `asked`: a second person decides; `dropped`: it stays as it was. */
export type SecretChange = "set" | "removed" | "asked" | "dropped";

export type TriggerResult =
  | { kind: "started"; at: string; runId: string; status: string }
  | { kind: "refused"; at: string; status: number; message: string };

export interface TriggersState {
  slug: string;
  /** Own public address, without a slash at the end. */
  baseUrl: string;
  publishedVersion: number | null;
  /** The number that the draft gets when it is published. */
  nextVersion: number;
  triggers: TriggerState[];
  /** Triggers that the live version has and the draft does not. */
  leaving: { triggerId: string; type: string; label: string | null }[];
}

/** A call of a webhook's address. */
export interface WebhookCallItem {
  id: string;
  at: string;
  /** What was answered, as an HTTP status. */
  status: number;
  message: string | null;
  body: Json;
  /** What the trigger's expressions see beside the body: `{method, headers, query, contentType}`. */
  request: JsonObject | null;
  /** What the sender calls this delivery. */
  deliveryId: string | null;
  /** What was taken, but not quite as it was sent: sentences. */
  warnings: string[];
  runId: string | null;
}

/** An event that arrived, as one workflow's trigger sees it. */
export interface TriggerEventItem {
  id: string;
  name: string;
  at: string;
  data: JsonObject;
  outcome:
    | { kind: "started"; runId: string }
    | { kind: "refused"; message: string }
    | { kind: "unclear"; message: string }
    | { kind: "not_for_this" };
}

/** A public form, or why it takes nothing now. */
export type IntakeForm =
  | {
      open: true;
      organization: string;
      name: string;
      description: string;
      schema: JsonObject;
      /** Fields whose answers are sensitive: neither kept in the browser nor shown again. */
      hidden: string[];
    }
  | { open: false; organization: string; name: string; message: string };

/** Something that people who build nothing may ask for. */
export interface RequestItem {
  slug: string;
  name: string;
  description: string;
  schema: JsonObject;
  /** Fields whose answers are sensitive: never kept in the browser. */
  hidden: string[];
}

/** Settings that act at once and are no part of a version. */
export interface OperationalSettings {
  enabled: boolean;
  /** Null: never published, so there is nothing to switch on. */
  publishedVersion: number | null;
  whileDraft: "serve_published" | "block";
  /** Days that ended runs are kept; null = for ever. */
  retentionDays: number | null;
  reviewRequired: boolean;
  may: { edit: boolean; publish: boolean; requireReview: boolean };
}
