import type { JsonObject } from "@/core/json";

/**
 * What the page of a form step has to say. `ahead`: its step does not wait yet; `sent`: from this very browser; `over`: nobody needs the
 * answers any more.
 */
export type FormPageState =
  | {
      state: "open";
      title: string;
      introduction: string;
      schema: JsonObject;
      values: JsonObject;
      /** Fields whose answers are sensitive: never kept in the browser. */
      hidden: string[];
      dueAt: string | null;
    }
  | { state: "ahead" | "over" }
  | { state: "sent"; title: string; at: string; schema: JsonObject; values: JsonObject }
  | { state: "answered"; title: string; at: string; by: "link" | "team" }
  | { state: "expired"; title: string; at: string };

/** To whoever has its address. Never holds names of workflows, steps or people. */
export type FormPage = { organization: string } & FormPageState;
