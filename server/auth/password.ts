import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { AppError } from "@/core/errors";

// One of the parameter sets OWASP names as equal in strength; 32 MiB of memory a hash.
const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
const hashBytes = 32;
/** Node computes four at a time; some more may wait. Beyond that everybody would wait for whoever asks most. */
const mostAtOnce = 16;
let underWay = 0;

/** `scrypt$N$r$p$salt$hash`, so that the cost can be raised later without breaking old ones. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, cost);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64url"), hash.toString("base64url")].join("$");
}

/** Takes as long for an unknown account (`stored` null) as for a known one, so that time tells nothing. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const parts = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([\w-]+)\$([\w-]+)$/.exec(stored ?? "");
  if (!parts) {
    await derive(password, Buffer.alloc(16), cost);
    return false;
  }
  const [, n, r, p, salt = "", hash = ""] = parts;
  const expected = Buffer.from(hash, "base64url");
  const actual = await derive(password, Buffer.from(salt, "base64url"), {
    ...cost,
    N: Number(n),
    r: Number(r),
    p: Number(p),
  });
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** Throws `unavailable` when too many are being computed. */
async function derive(password: string, salt: Buffer, options: typeof cost): Promise<Buffer> {
  if (underWay >= mostAtOnce)
    throw new AppError(
      "unavailable",
      "Too many people are signing in at this moment. Try again in a few seconds.",
      [],
      {
        retryAfterSeconds: 2,
      },
    );
  underWay += 1;
  try {
    return await deriveNow(password, salt, options);
  } finally {
    underWay -= 1;
  }
}

function deriveNow(password: string, salt: Buffer, options: typeof cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, hashBytes, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
