import type * as crypto from "node:crypto";
import { expect, it, vi } from "vitest";
import { signatureSchemes, type SignatureScheme } from "@/core/workflow/trigger-words";
import { isGenuine } from "@/server/integrations/webhooks/inbound-proof";
import { signAsSender } from "@/server/integrations/webhooks/sign-as-sender";
import { extent, report } from "./extent.testkit";

/** Lengths of what was compared, while somebody wants to know. */
const compared = vi.hoisted((): { lengths: number[] | null } => ({ lengths: null }));
vi.mock("node:crypto", async (original) => {
  const real = await original<typeof crypto>();
  return {
    ...real,
    timingSafeEqual: (one: Buffer, other: Buffer) => {
      compared.lengths?.push(one.length, other.length);
      return real.timingSafeEqual(one, other);
    },
  };
});

const now = Date.UTC(2026, 10, 21, 8);
const secret = `whsec_${Buffer.alloc(24, 5).toString("base64")}`;
const body = Buffer.from('{"a":1}');

interface Signed {
  headers: Record<string, string>;
  url: string;
  /** Where the proof is, and what of it tells how it was made. */
  name: string;
  lead: string;
  proof: string;
}

function signed(scheme: SignatureScheme): Signed {
  const call = { secret, id: "msg_1", at: now, body: body.toString(), url: "https://holdpoint.test/api/hooks/x" };
  const { headers, url } = signAsSender(scheme, call);
  const name = Object.keys(headers).find((each) => /signature|hmac|secret/.test(each)) ?? "";
  const [, lead = "", proof = ""] = /^(v1,|sha256=|t=\d+,v1=|v0=|)(.*)$/.exec(headers[name] ?? "") ?? [];
  return { headers, url, name, lead, proof };
}

const isTaken = ({ headers, url, name, lead }: Signed, scheme: SignatureScheme, proof: string, at = now): boolean =>
  isGenuine(secret, { headers: new Headers({ ...headers, [name]: lead + proof }), body, url }, scheme, at);

it.each(signatureSchemes)("S10 %s: every prefix is compared like any other text, in constant time", (scheme) => {
  const right = signed(scheme);
  expect(isTaken(right, scheme, right.proof)).toBe(true);
  const lengthsOf = (proof: string): number[] => {
    compared.lengths = [];
    expect(isTaken(right, scheme, proof), proof).toBe(false);
    return compared.lengths;
  };
  const usual = lengthsOf("x".repeat(right.proof.length));
  expect(usual.length).toBeGreaterThan(0);
  // Digests of one length, however long the texts are.
  expect(new Set(usual)).toEqual(new Set([32]));
  for (let length = 0; length < right.proof.length; length += 1)
    expect(lengthsOf(right.proof.slice(0, length))).toEqual(usual);
  compared.lengths = null;
});

it.each(["standard_webhooks", "stripe", "slack"] as const)(
  "S10 %s is good for exactly five minutes each way",
  (scheme) => {
    const right = signed(scheme);
    for (const shift of [-300_000, 0, 300_000]) expect(isTaken(right, scheme, right.proof, now + shift)).toBe(true);
    for (const shift of [-300_001, 300_001]) expect(isTaken(right, scheme, right.proof, now + shift)).toBe(false);
  },
);

it("S10 how long a wrong signature takes does not tell how much of it is right", () => {
  const samples = extent(100_000, 0);
  // The short form has the tests above: a figure of time is for the full one.
  for (const scheme of samples === 0 ? [] : (["standard_webhooks", "github", "shared_secret"] as const)) {
    const right = signed(scheme);
    const nearly = inOnePiece(right.proof.slice(0, -3) + (right.proof.endsWith("xyz") ? "zyx" : "xyz"));
    const wrong = inOnePiece(right.proof.replace(/./g, (letter) => (letter === "a" ? "b" : "a")));
    const t = welch(...timesOf(samples, (isNear) => isTaken(right, scheme, isNear ? nearly : wrong)));
    expect(Math.abs(t)).toBeLessThan(4.5);
    report(`S10 timing: ${scheme}, ${samples} samples, t = ${t.toFixed(2)}`);
  }
  expect(welch([1, 2, 3, 1, 2, 3], [9, 8, 9, 8, 9, 8])).toBeLessThan(-4.5);
});

/** As it comes out of a header. A text that JavaScript put together from two takes nanoseconds longer to read, wherever it goes. */
const inOnePiece = (text: string): string => Buffer.from(text).toString();

/** Times in ns of both kinds, tried in an order that nothing can follow; without the slowest tenth, which others on the machine make. */
function timesOf(samples: number, work: (isNear: boolean) => boolean): [number[], number[]] {
  const times: { isNear: boolean; ns: number }[] = [];
  for (let at = 0; at < samples * 1.1; at += 1) {
    const isNear = Math.random() < 0.5;
    const started = process.hrtime.bigint();
    const taken = work(isNear);
    const ns = Number(process.hrtime.bigint() - started);
    if (taken) throw new Error("A wrong signature was taken.");
    // The first tenth warms up.
    if (at >= samples / 10) times.push({ isNear, ns });
  }
  const limit = times.map(({ ns }) => ns).toSorted((one, other) => one - other)[Math.floor(times.length * 0.9)] ?? 0;
  const kept = times.filter(({ ns }) => ns <= limit);
  const of = (wanted: boolean): number[] => kept.filter(({ isNear }) => isNear === wanted).map(({ ns }) => ns);
  return [of(true), of(false)];
}

/** Welch's t of two samples. */
function welch(one: readonly number[], other: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = (values: readonly number[]): number => {
    const middle = mean(values);
    return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1) / values.length;
  };
  return (mean(one) - mean(other)) / Math.sqrt(spread(one) + spread(other));
}
