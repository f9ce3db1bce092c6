import type { z } from "zod";
import type { Json, JsonObject } from "./json";
import { plainProblem } from "./plain-problem";

/** A request below the connection's base URL. */
export interface ActionRequest {
  method: string;
  path: string;
  query?: Record<string, string | string[]>;
  headers?: Record<string, string>;
  body?: Json;
}

/** One thing a connector can do. Data and pure functions only. */
export interface ActionDefinition<I extends JsonObject = JsonObject> {
  title: string;
  description: string;
  input: z.ZodType<I>;
  output: z.ZodType;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** `{name}` stands for the input field of that name, percent-encoded. */
  path: string;
  /** `unsafe`: an unknown outcome may have acted, so a person is asked instead of trying again. */
  repeatable: "safe" | "unsafe";
  /** Input fields that are a path: templates in them are percent-encoded, and none may be without a value. */
  pathFields?: readonly string[];
  /** Only where the request is more than method, path and the remaining input as query (GET) or body. */
  request?(input: I): ActionRequest;
  /**
   * What others notice of it, its verb first ("charges $42.60"), for whoever decides whether it is done; null: nothing. Absent: it is
   * told by its name. Of the input it gets what is known by then, the rest is null or missing.
   */
  consequence?(input: Readonly<Record<string, Json>>): string | null;
  /** The output, made from the parsed body of a successful answer. Throws nothing: a body of another shape fails `output`. */
  response?(body: Json): Json;
}

// A registry holds actions of many input types; `never` in the parameter position would make it unusable.
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the one place where the input type is erased
export type AnyActionDefinition = ActionDefinition<any>;

export interface ConnectorDefinition {
  id: string;
  title: string;
  description: string;
  /** lucide icon name in kebab-case. */
  icon: string;
  /** The ways to authenticate that it takes, by their type, the likeliest first; `defineConnector` checks that there are such. */
  auth: readonly string[];
  /** Slug of the connection that is used when a step names none; null when a step must name one. */
  defaultConnection: string | null;
  actions: Readonly<Record<string, AnyActionDefinition>>;
}

/** A known action, e.g. `stripe.subscription.update`. */
export interface FoundAction {
  id: string;
  connector: ConnectorDefinition;
  action: AnyActionDefinition;
}

/** The connectors as validation and execution see them. */
export interface ConnectorCatalog {
  actionIds: readonly string[];
  find(id: string): FoundAction | null;
}

/** The request of an action for input that passed its `input` schema. */
export function actionRequest(action: AnyActionDefinition, input: JsonObject): ActionRequest {
  if (action.request !== undefined) return action.request(input);
  const used = new Set([...action.path.matchAll(placeholder)].map(([, name]) => name));
  const rest = Object.fromEntries(Object.entries(input).filter(([key]) => !used.has(key)));
  const path = fillPath(action.path, input);
  if (action.method !== "GET") return { method: action.method, path, body: rest };
  return { method: "GET", path, query: queryOf(rest) };
}

/** The output of an action for the parsed body of a 2xx answer; `error` when the body is not what the connector expects. */
export function actionOutput(
  action: AnyActionDefinition,
  body: Json,
): { ok: true; output: Json } | { ok: false; error: string } {
  const output = action.response === undefined ? body : action.response(body);
  const checked = action.output.safeParse(output, { error: plainProblem });
  if (checked.success) return { ok: true, output };
  const [first] = checked.error.issues;
  return {
    ok: false,
    error:
      `The service answered in a form that ${action.title} does not know: ${first?.path.join(".") ?? ""} ${first?.message ?? ""}`.trim(),
  };
}

const placeholder = /\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** `/v1/customers/{customer}` with the input's values, percent-encoded. */
export function fillPath(path: string, input: JsonObject): string {
  return path.replace(placeholder, (_match, name: string) => encodeURIComponent(textOf(input[name])));
}

/** The input fields that the action's path needs and that have no value: `/customers/` is not one customer. */
export function emptyPathFields(action: AnyActionDefinition, input: JsonObject): string[] {
  const names = [...action.path.matchAll(placeholder)].flatMap(([, name]) => name ?? []);
  return names.filter((name) => textOf(input[name]).trim() === "");
}

/** Query parameters: a list repeats its parameter, null and absent ones are left out, objects are sent as JSON. */
export function queryOf(values: JsonObject): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]): [string, string | string[]][] => {
      if (value === null) return [];
      return [[key, Array.isArray(value) ? value.filter((item) => item !== null).map(textOf) : textOf(value)]];
    }),
  );
}

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
