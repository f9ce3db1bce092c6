/** Prefixes of the shown form of ids (`wkf_01HXY…`): the same 128 bits as the UUID, in Crockford base 32. */
export const idPrefixes = {
  workflow: "wkf",
  version: "ver",
  run: "run",
  approval: "apr",
  user: "usr",
  team: "tm",
  organization: "org",
  apiKey: "key",
  session: "ses",
  connection: "con",
  conversation: "cnv",
  contact: "ctc",
  event: "evt",
} as const;

export type IdKind = keyof typeof idPrefixes;

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Randomness is fetched for many ids at once: asking for ten bytes costs as much as for ten thousand. */
const randomPool = new Uint8Array(10_000);
let poolUsed = randomPool.length;

function randomBytes(): Uint8Array {
  if (poolUsed === randomPool.length) {
    crypto.getRandomValues(randomPool);
    poolUsed = 0;
  }
  poolUsed += 10;
  return randomPool.subarray(poolUsed - 10, poolUsed);
}

/** A UUIDv7: sorts by time. `now` in ms; `random` (10 bytes) fills the rest; both injectable for tests. */
export function newId(now: number = Date.now(), random: Uint8Array = randomBytes()): string {
  const time = now.toString(16).padStart(12, "0");
  const at = (index: number): string => hexPairs[random[index] ?? 0] ?? "";
  const version = hexPairs[0x70 | ((random[0] ?? 0) & 0x0f)] ?? "";
  const variant = hexPairs[0x80 | ((random[2] ?? 0) & 0x3f)] ?? "";
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}${at(1)}-${variant}${at(3)}-${at(4)}${at(5)}${at(6)}${at(7)}${at(8)}${at(9)}`;
}

export function isUuid(text: string): boolean {
  return uuidPattern.test(text);
}

/** `("run", uuid)` -> `run_` + 26 characters. */
export function showId(kind: IdKind, uuid: string): string {
  let value = BigInt(`0x${uuid.replaceAll("-", "")}`);
  let text = "";
  for (let index = 0; index < 26; index += 1) {
    text = `${alphabet[Number(value & 31n)] ?? ""}${text}`;
    value >>= 5n;
  }
  return `${idPrefixes[kind]}_${text}`;
}

/** Accepts a UUID or the shown form of `kind`; null for anything else (a slug, another kind, a typo). */
export function readId(kind: IdKind, text: string): string | null {
  if (isUuid(text)) return text.toLowerCase();
  const prefix = `${idPrefixes[kind]}_`;
  if (!text.startsWith(prefix) || text.length !== prefix.length + 26) return null;
  let value = 0n;
  for (const character of text.slice(prefix.length).toUpperCase()) {
    const digit = alphabet.indexOf(character);
    if (digit < 0) return null;
    value = (value << 5n) | BigInt(digit);
  }
  if (value >> 128n !== 0n) return null;
  const hex = value.toString(16).padStart(32, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The last four characters of the shown form: `run_8f3a` on lists. */
export function shortId(kind: IdKind, uuid: string): string {
  return `${idPrefixes[kind]}_${uuid.slice(-4)}`;
}
