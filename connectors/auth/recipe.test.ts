import { randomBytes } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { authOf, chosenKind, offeredKinds, withField } from "@/components/connections/secret-draft";
import type { AuthDefinition } from "@/core/auth-definition";
import { connectionSchemas } from "@/core/contracts/connection";
import { createConnectionPort } from "@/server/integrations/connections-port";
import { createHttpClient } from "@/server/integrations/http/http-client";
import { loopbackServer } from "@/server/integrations/http/loopback.testkit";
import { parsePrivateHosts } from "@/server/integrations/http/private-hosts";
import type { CallReceipt } from "@/server/integrations/receipts";
import { connectionContext, createKeyRing } from "@/server/integrations/secrets/key-ring";
import { toyFolder } from "@/tests/toy-folder";
import { authSchema } from "./auth-schema";
import { authDefinitions, findAuth, holdsProof } from "./definitions";

const toy = toyFolder({
  "knock/definition.ts": `
    import { z } from "zod";
    import { defineAuth } from "@/connectors/auth/define-auth";
    export const knockAuth = defineAuth({
      type: "knock",
      label: "A knock",
      hint: "For services that know their callers by how they knock.",
      schema: z.strictObject({ type: z.literal("knock"), door: z.string().min(1), rhythm: z.string().min(3) }),
      fields: [
        { name: "door", label: "Door", secret: false, problem: "Enter the door." },
        { name: "rhythm", label: "Rhythm", secret: true, problem: "Knock three times at least." },
      ],
      sign: ({ door, rhythm }) => ({ headers: { "x-knock": rhythm + rhythm }, query: { door } }),
      secrets: ({ rhythm }) => [rhythm, rhythm + rhythm],
    });`,
});
afterAll(() => toy.remove());

const knock = (await toy.load("knock/definition.ts"))["knockAuth"] as AuthDefinition;
// The line that somebody adds.
const kinds = { ...authDefinitions, knock };
const rhythm = "canary-tap-tap-taptap";

test("the schema of a connection takes a new kind, and says what is wrong with it", () => {
  const auth = authSchema<AuthDefinition["schema"]>(kinds);
  const { create } = connectionSchemas(auth, auth.default({ type: "none" }));
  const connection = { slug: "door", base_url: "https://door.example" };
  expect(create.parse({ ...connection, auth: { type: "knock", door: "back", rhythm } })).toMatchObject({
    auth: { type: "knock", door: "back" },
  });
  expect(create.parse(connection)).toMatchObject({ auth: { type: "none" } });
  const refused = create.safeParse({ ...connection, auth: { type: "knock", door: "back", rhythm: "x" } });
  expect(refused.error?.issues).toMatchObject([{ path: ["auth", "rhythm"] }]);
  expect(JSON.stringify(z.toJSONSchema(create, { io: "input" }))).toContain('"const":"knock"');
});

test("the form offers it to a connector that takes it, asks for its fields and sends them", () => {
  const offered = offeredKinds(["knock"], kinds);
  expect(offered.map(({ label }) => label)).toEqual(["A knock", "Nothing"]);
  const empty = { type: null, values: {} };
  const kind = chosenKind(offered, empty);
  expect(kind.fields.map(({ label, secret }) => [label, secret])).toEqual([
    ["Door", false],
    ["Rhythm", true],
  ]);
  const draft = withField(withField(empty, kind.type, "door", "back"), kind.type, "rhythm", rhythm);
  expect(authOf(kind, draft)).toEqual({ type: "knock", door: "back", rhythm });
  expect(authOf(chosenKind(offered, { ...draft, type: "none" }), draft)).toEqual({ type: "none" });
});

test("requests are signed with it, and its secrets are seen nowhere", async () => {
  const door = await loopbackServer((request, response) =>
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(request.headers)),
  );
  const httpClient = createHttpClient({ privateHosts: parsePrivateHosts("127.0.0.1") });
  const keyRing = createKeyRing(`k1:${randomBytes(32).toString("base64")}`);
  const receipts: CallReceipt[] = [];
  const port = createConnectionPort({
    loadConnection: () =>
      Promise.resolve({
        id: "con-1",
        organizationId: "org-1",
        slug: "door",
        connector: "http",
        baseUrl: door.origin,
        authType: "knock",
        secretSealed: keyRing.seal(
          JSON.stringify({ type: "knock", door: "back", rhythm }),
          connectionContext("org-1", "con-1"),
        ),
      }),
    httpClient,
    keyRing,
    clock: { now: () => 0 },
    onReceipt: (receipt) => {
      receipts.push(receipt);
    },
    call: { organizationId: "org-1", runId: "run-1", stepKey: "knock", attempt: 1, idempotencyKey: "run-1:knock" },
    kinds,
  });
  const result = await port.request("door", { method: "GET", path: "/in", timeoutMs: 60_000 });
  expect(door.requests).toMatchObject([{ url: "/in?door=back", headers: { "x-knock": rhythm + rhythm } }]);
  expect(result).toMatchObject({ response: { status: 200 } });
  expect(receipts).toMatchObject([{ status: 200, url: `${door.origin}/in` }]);
  expect(JSON.stringify([result, receipts])).not.toContain("canary");
  await httpClient.close();
  await door.close();
});

test("every folder stands in the registry under its own name, with a field for each part of its schema", () => {
  for (const [type, { schema, fields, ...kind }] of Object.entries(authDefinitions)) {
    expect(kind.type).toBe(type);
    expect(Object.keys(schema.shape)).toEqual(["type", ...fields.map(({ name }) => name)]);
    expect(holdsProof(type)).toBe(fields.some(({ secret }) => secret));
  }
  for (const type of ["__proto__", "constructor", "toString"]) expect(findAuth(type)).toBeNull();
  expect(holdsProof("gone")).toBe(true);
});
