import { gzipSync } from "node:zlib";
import type { Dice } from "./dice.testkit";
import { mutate, oddValue } from "./mutate.testkit";
import type { RawCall } from "./raw-http.testkit";

export interface Doors {
  /** Paths of webhooks that are live. */
  hooks: readonly string[];
  formToken: string;
}

const honest = {
  id: "evt_1",
  email: "jane@acme.com",
  amount: 5,
  items: [{ sku: "a", n: 1 }],
  nested: { a: { b: [1, 2] } },
};
const types = [
  "application/json",
  "application/json; charset=utf-16",
  "application/json; charset=klingon",
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "multipart/form-data; boundary=b",
  "text/plain",
  "text/xml",
  "image/png",
  "application/octet-stream",
  "application/x-java-serialized-object",
  "",
  "a/b/c; d=e; ;;",
];

const bodies: readonly ((dice: Dice) => string | Uint8Array)[] = [
  (dice) => JSON.stringify(mutate(honest, dice)),
  (dice) => JSON.stringify(mutate(honest, dice)),
  (dice) => JSON.stringify(oddValue(dice)),
  () => JSON.stringify({ files: [{ filepath: "/etc/passwd", originalFilename: "x", mimetype: "text/plain" }] }),
  () => `${"[".repeat(20_000)}${"]".repeat(20_000)}`,
  () => `${'{"a":'.repeat(3_000)}1${"}".repeat(3_000)}`,
  () => `${"[".repeat(190)}${"0,".repeat(50_000)}0${"]".repeat(190)}`,
  () => '{"__proto__":{"a":1},"constructor":{"prototype":{"a":1}}}',
  () => '{"a":1,"a":2,"a\\u0000":"\\u0000","b":"\\ud800"}',
  () => '{"n":1e400,"m":-0,"k":12345678901234567890}',
  () => '{"cut',
  () => "",
  () => "\u0000\u0000",
  () => Uint8Array.of(0xff, 0xfe, 0x00, 0xd8, 0x00),
  () => Uint8Array.from(gzipSync(Buffer.alloc(20_000_000))),
  () => "a=1&a=2&__proto__=3&constructor[prototype][x]=1&b[]=1&b[]=2&%=%zz&c%00=1",
  () => `payload=${encodeURIComponent('{"__proto__":1}')}`,
  () => Array.from({ length: 5_000 }, (_, at) => `k${at}=v`).join("&"),
  () => '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n',
  () => '--b\r\nContent-Disposition: form-data; name="__proto__"; filename="../../etc/passwd"\r\n\r\n1\r\n--b--\r\n',
  () => '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1',
  () => "--b\r\n\r\n\r\n--b\r\n--b\r\n",
  () => '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
  (dice) => `"${"x".repeat(dice.pick([100_000, 999_990, 1_100_000]))}"`,
];

const extraHeaders: readonly (() => Record<string, string | string[]>)[] = [
  () => ({ "content-encoding": "gzip" }),
  () => ({ "content-encoding": "br, gzip" }),
  () => ({ "x-hub-signature-256": "sha256=00" }),
  () => ({ "webhook-id": "msg_1", "webhook-timestamp": "0", "webhook-signature": "v1,xx" }),
  () => ({ "stripe-signature": "t=1,v1=00" }),
  () => ({ "idempotency-key": "x".repeat(300) }),
  () => ({
    "x-forwarded-for": "127.0.0.1, ::1, evil",
    "x-forwarded-host": "evil.example",
    "x-http-method-override": "DELETE",
  }),
  () => ({ cookie: Array.from({ length: 50 }, (_, at) => `c${at}=${"v".repeat(40)}`).join("; ") }),
  () => Object.fromEntries(Array.from({ length: 90 }, (_, at) => [`x-flood-${at}`, "v".repeat(50)])),
  () => ({ "x-huge": "v".repeat(30_000) }),
  () => ({ expect: "a-miracle" }),
  () => ({ "transfer-encoding": "chunked" }),
];

const queries = [
  "",
  "?",
  "?a=1&a=2",
  "?__proto__=1",
  "?hub.challenge=%00",
  "?challenge=<script>",
  "?%ff=%fe",
  `?${"q=1&".repeat(400)}`,
];

/** One call at a door that is open to everybody. */
export function hostileCall(dice: Dice, doors: Doors): RawCall {
  const body = dice.pick(bodies)(dice);
  const type = dice.pick(types);
  const isForm = dice.chance(0.3);
  const { method, path, sent } = isForm ? formCall(dice, doors, body) : hookCall(dice, doors, body);
  const headers: RawCall["headers"] = {
    ...(isForm && dice.chance(0.8)
      ? { "content-type": "application/json", "sec-fetch-site": "same-origin" }
      : { "content-type": dice.chance(0.4) ? "application/json" : type }),
    ...(dice.chance(0.3) ? dice.pick(extraHeaders)() : {}),
  };
  const isChunked = dice.chance(0.4) || "transfer-encoding" in headers;
  if (!isChunked) headers["content-length"] = String(Buffer.byteLength(sent) + (dice.chance(0.03) ? 10 : 0));
  const isShort = !isChunked && Number(headers["content-length"]) !== Buffer.byteLength(sent);
  return {
    method,
    path,
    headers,
    parts: isChunked ? inParts(sent, dice) : [sent],
    cutOff: isShort || dice.chance(0.03),
  };
}

interface Aimed {
  method: string;
  path: string;
  sent: string | Uint8Array;
}

function hookCall(dice: Dice, doors: Doors, sent: string | Uint8Array): Aimed {
  const madeUp = ["/api/hooks/", "/api/hooks/..%2f..%2fetc", "/api/hooks/%00", `/api/hooks/${"x".repeat(3000)}`];
  const callback = `/api/callbacks/${"x".repeat(20 + dice.below(200))}`;
  const at = dice.chance(0.75) ? dice.pick(doors.hooks) : dice.pick([...madeUp, callback]);
  const method = dice.chance(0.8) ? "POST" : dice.pick(["PUT", "PATCH", "DELETE", "OPTIONS", "POST"]);
  return { method, path: `${at}${dice.pick(queries)}`, sent };
}

function formCall(dice: Dice, { formToken }: Doors, body: string | Uint8Array): Aimed {
  const id = `00000000-0000-4000-8000-${String(dice.below(1e9)).padStart(12, "0")}`;
  const honestCall = { token: formToken, values: { email: "jane@acme.com", days: 1 }, submissionId: id };
  const procedure = dice.pick([
    "triggers.submitIntake",
    "triggers.submitIntake",
    "conversations.send",
    "conversations.submitForm",
  ]);
  const sent = dice.chance(0.8) ? JSON.stringify(dice.chance(0.2) ? honestCall : mutate(honestCall, dice)) : body;
  return { method: "POST", path: `/api/trpc/${procedure}${dice.chance(0.1) ? "?batch=1" : ""}`, sent };
}

function inParts(sent: string | Uint8Array, dice: Dice): (string | Uint8Array)[] {
  const bytes = Buffer.from(sent);
  const size = Math.max(1, Math.ceil(bytes.length / (1 + dice.below(8))));
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}
