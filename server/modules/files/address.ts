import { createHmac, timingSafeEqual } from "node:crypto";
import { fileAddressSeconds } from "@/core/contracts/file";
import { env } from "@/server/env";

const idBytes = 16;
const timeBytes = 6;
const proofBytes = 16;

/** The address under which a file is opened for the next five minutes, by whoever has it. `now` in ms. */
export function fileAddress(id: string, now = Date.now()): string {
  return `${env().HOLDPOINT_BASE_URL}/files/${fileToken(env().NEXTAUTH_SECRET, id, now + fileAddressSeconds * 1_000)}`;
}

/** The file behind the token of an address; null for one that is made up, or whose time is over. */
export function fileOfToken(token: string, now = Date.now()): string | null {
  return readFileToken(env().NEXTAUTH_SECRET, token, now);
}

/** Base64url of the id, the last moment (ms) and what proves both. */
export function fileToken(secret: string, id: string, until: number): string {
  const time = Buffer.alloc(timeBytes);
  time.writeUIntBE(until, 0, timeBytes);
  const said = Buffer.concat([Buffer.from(id.replaceAll("-", ""), "hex"), time]);
  return Buffer.concat([said, proof(secret, said)]).toString("base64url");
}

export function readFileToken(secret: string, token: string, now: number): string | null {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== idBytes + timeBytes + proofBytes) return null;
  const said = bytes.subarray(0, idBytes + timeBytes);
  if (!timingSafeEqual(bytes.subarray(said.length), proof(secret, said))) return null;
  if (said.readUIntBE(idBytes, timeBytes) < now) return null;
  const hex = said.subarray(0, idBytes).toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function proof(secret: string, said: Buffer): Buffer {
  return createHmac("sha256", secret).update("file-address:").update(said).digest().subarray(0, proofBytes);
}
