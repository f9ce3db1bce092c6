import { z } from "zod";
import { errorBodySchema } from "@/core/contracts/error";
import type { Json, JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { specComponents } from "@/core/workflow/json-schema";
import { stepDefinitions } from "@/steps/definitions";
import { anyContent, fileContent, plainContent } from "./other-content";
import type { Family, Route } from "./route";

const familyTags: Readonly<Record<Family, string>> = { definitions: "Definitions", runs: "Runs", public: "Public" };
const refusals: readonly [string, string][] = [
  ["400", "Not readable: broken JSON, a wrong cursor"],
  ["401", "Not signed in, or a wrong API key"],
  ["403", "Signed in, without the permission"],
  ["404", "Not there, or in another organization"],
  ["409", "Not possible in the present state"],
  ["412", "Somebody else changed it since it was read: see If-Match"],
  ["413", "Body too large"],
  ["415", "Not JSON"],
  ["422", "Readable but not valid: see details"],
  ["429", "Too many requests: see Retry-After"],
];

/** The OpenAPI 3.1 document of the route table. */
export function openApiDocument(routes: readonly Route[], serverUrl: string, version: string): JsonObject {
  const paths: Record<string, JsonObject> = {};
  const schemas: JsonObject = {
    Error: jsonSchema(errorBodySchema, "output"),
    ...specComponents(stepDefinitions, place),
    // A union that holds itself says no more, and generators of types fail at it.
    AnyJson: { description: "Any JSON value" },
  };
  for (const route of routes) {
    const item = (paths[route.path] ??= {});
    item[route.method.toLowerCase()] = hoistDefinitions(operation(route), `${operationId(route)}_`, schemas);
  }
  return {
    openapi: "3.1.0",
    info: { title: "Holdpoint", version, description: "Multi-step automation with human checkpoints." },
    servers: [{ url: serverUrl }],
    tags: Object.values(familyTags).map((name) => ({ name })),
    paths,
    components: {
      schemas,
      securitySchemes: { apiKey: { type: "http", scheme: "bearer", description: "An API key: hp_…" } },
    },
  };
}

/** `POST /api/v1/workflows/{id}/pause` -> `postV1WorkflowsByIdPause`: unique because method and path are. */
export function operationId({ method, path }: Route): string {
  const words = path
    .split("/")
    .slice(2)
    .map((part) =>
      part
        .replace(/^\{(.*)\}$/, "by-$1")
        .replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => next?.toUpperCase() ?? ""),
    );
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

function operation(route: Route): JsonObject {
  return {
    operationId: operationId(route),
    summary: route.summary,
    tags: [familyTags[route.family]],
    parameters: [...pathParameters(route), ...queryParameters(route), ...headerParameters(route)],
    ...(route.schemas.body
      ? {
          requestBody: {
            required: false,
            content: { "application/json": { schema: jsonSchema(route.schemas.body, "input") } },
          },
        }
      : {}),
    ...(route.rawBody && !route.schemas.body && route.method !== "GET"
      ? { requestBody: { required: false, content: anyContent } }
      : {}),
    ...(route.takesFile ? { requestBody: { required: true, content: fileContent } } : {}),
    responses: responses(route),
    security: route.family === "public" ? [] : [{ apiKey: route.scope === null ? [] : [route.scope] }],
  };
}

function responses(route: Route): JsonObject {
  const done = (description: string, plain: JsonObject): JsonObject => ({
    description,
    headers: answerHeaders(route),
    content: {
      "application/json": { schema: jsonSchema(route.schemas.response, "output") },
      ...plain,
      ...(route.eventStream ? { "text/event-stream": { schema: { type: "string" } } } : {}),
    },
  });
  const own = { [String(route.status)]: "Done", ...route.answers };
  const refused = refusals.filter(([status]) => !(status in own) && (status !== "412" || takesTag(route)));
  return Object.fromEntries(
    [...Object.entries(own), ...refused].map(([status, description]) => [
      status,
      Number(status) < 400
        ? done(description, plainOf(route, status))
        : {
            description,
            content: {
              "application/json": { schema: { $ref: place("Error") } },
              ...plainOf(route, status),
            },
          },
    ]),
  );
}

function plainOf({ plainAnswers }: Route, status: string): JsonObject {
  return plainAnswers.includes(status) ? plainContent : {};
}

function place(name: string): string {
  return `#/components/schemas/${name}`;
}

function pathParameters(route: Route): JsonObject[] {
  const properties = route.schemas.params ? propertiesOf(route.schemas.params) : {};
  return [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    schema: properties[name] ?? { type: "string" },
  }));
}

function queryParameters(route: Route): JsonObject[] {
  const properties = route.schemas.query ? propertiesOf(route.schemas.query) : {};
  return Object.entries(properties).map(([name, schema]) => ({ name, in: "query", required: false, schema }));
}

function headerParameters(route: Route): JsonObject[] {
  if (route.eventStream)
    return [
      {
        name: "Last-Event-ID",
        in: "header",
        required: false,
        description: "Of a stream: the id of the last event that was received. It goes on from there.",
        schema: { type: "string" },
      },
    ];
  if (takesTag(route))
    return [
      {
        name: "If-Match",
        in: "header",
        required: false,
        description:
          "The ETag of what you read. When somebody changed it since, nothing is done and the answer is 412.",
        schema: { type: "string" },
      },
    ];
  if (!route.idempotent) return [];
  return [
    {
      name: "Idempotency-Key",
      in: "header",
      required: false,
      description: "Repeats with the same key and body get the first answer again.",
      schema: { type: "string", maxLength: 255 },
    },
  ];
}

function takesTag(route: Route): boolean {
  return route.tagged && route.method !== "GET";
}

function answerHeaders(route: Route): JsonObject {
  const header = (description: string): JsonObject => ({ description, schema: { type: "string" } });
  return {
    "X-Request-Id": header("Names this request; give it to support"),
    ...(route.tagged ? { ETag: header("Changes with every change; give it as If-Match") } : {}),
    ...(route.status === 201 ? { Location: header("Where what was made is found") } : {}),
    "RateLimit-Limit": header("Requests that can be made at once"),
    "RateLimit-Remaining": header("How many of them are left"),
    "RateLimit-Reset": header("Seconds until all of them can be made again"),
  };
}

function propertiesOf(schema: z.ZodType): JsonObject {
  const { properties } = jsonSchema(schema, "input");
  return isJsonObject(properties) ? properties : {};
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): JsonObject {
  // Inside an object, so that a schema that contains itself is a definition with a name, not the document "#".
  // Through text: Zod's result carries non-JSON extras.
  const plain: unknown = JSON.parse(
    JSON.stringify(z.toJSONSchema(z.object({ value: schema }), { io, unrepresentable: "any" })),
  );
  if (!isJsonObject(plain) || !isJsonObject(plain["properties"]) || !isJsonObject(plain["properties"]["value"]))
    return {};
  const { $defs } = plain;
  return { ...plain["properties"]["value"], ...($defs === undefined ? {} : { $defs }) };
}

/**
 * Moves the `$defs` of embedded JSON Schemas (recursive ones have them) to the components: a reference in an OpenAPI
 * document starts at the document, not at the schema.
 */
function hoistDefinitions(value: JsonObject, prefix: string, target: JsonObject): JsonObject {
  let parts = 0;
  const walk = (node: Json, names: ReadonlyMap<string, string>): Json => {
    if (Array.isArray(node)) return node.map((entry) => walk(entry, names));
    if (!isJsonObject(node)) return node;
    // A place whose value is read by something richer than the route's own schema.
    if (typeof node["x-component"] === "string") return { $ref: place(node["x-component"]) };
    const { $defs, ...rest } = node;
    const known = isJsonObject($defs)
      ? new Map([
          ...names,
          ...Object.entries($defs).map(([name, schema]): [string, string] => [
            name,
            isAnyJson(schema) ? "AnyJson" : name.startsWith("__") ? `${prefix}${(parts += 1)}` : name,
          ]),
        ])
      : names;
    if (isJsonObject($defs))
      for (const [name, schema] of Object.entries($defs)) {
        const named = known.get(name) ?? name;
        if (named !== "AnyJson") target[named] = walk(schema, known);
      }
    return Object.fromEntries(
      Object.entries(rest).map(([key, entry]) => {
        const local =
          key === "$ref" && typeof entry === "string" ? known.get(entry.replace(/^#\/\$defs\//, "")) : undefined;
        return [key, local === undefined ? walk(entry, known) : `#/components/schemas/${local}`];
      }),
    );
  };
  const walked = walk(value, new Map());
  return isJsonObject(walked) ? walked : value;
}

/** What `z.json()` becomes, whatever it calls itself. */
function isAnyJson(schema: Json): boolean {
  if (!isJsonObject(schema) || !Array.isArray(schema["anyOf"])) return false;
  const kinds = schema["anyOf"].map((option) => (isJsonObject(option) ? option["type"] : null));
  return JSON.stringify(kinds) === '["string","number","boolean","null","array","object"]';
}
