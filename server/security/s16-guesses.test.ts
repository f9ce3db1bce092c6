import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addTestMember } from "@/server/auth/identity.testkit";
import { hashPassword } from "@/server/auth/password";
import { attack, type Answer, type Attacked } from "./attacked.testkit";
import { extent, inParallel, report } from "./extent.testkit";

let target: Attacked;
beforeAll(async () => {
  target = await attack("guesses");
});
afterAll(() => target.close());

async function signIn(email: string, password: string): Promise<Answer> {
  const csrf = await target.send("GET", "/api/auth/csrf", { key: null });
  const cookie = csrf.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
  return target.send("POST", "/api/auth/callback/credentials", {
    key: null,
    body: new URLSearchParams({ csrfToken: JSON.parse(csrf.text).csrfToken, email, password, json: "true" }).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded", cookie },
  });
}

it("S16 guessing a password is stopped, and says the same of accounts that do not exist", async () => {
  const known = `known@${target.organization.slug}.test`;
  const passwordHash = await hashPassword("correct horse battery");
  await addTestMember({ organizationId: target.organization.id, role: "viewer", email: known, passwordHash });
  const tries = 14;
  const guess = async (email: string): Promise<string[]> => {
    const answers: string[] = [];
    for (let at = 0; at < tries; at += 1) {
      const { status, text, headers } = await signIn(email, `wrong ${at}`);
      expect(headers.getSetCookie().join(), text).not.toMatch(/holdpoint\.session[^=]*=\w/);
      // The sentence is part of an address.
      answers.push(`${status} ${decodeURIComponent(text).replaceAll(/\d+ (second|minute)s?/g, "a while")}`);
    }
    return answers;
  };
  const [ofKnown, ofUnknown] = [await guess(known), await guess(`unknown@${target.organization.slug}.test`)];
  expect(ofKnown).toEqual(ofUnknown);
  expect(ofKnown.at(-1)).not.toEqual(ofKnown[0]);
  report(`S16 sign-in: 2 x ${tries} wrong tries, stopped after ten, same words for a made-up account`);
});

it("S16 a made-up token opens nothing, and says the same whatever its form", async () => {
  const count = extent(900, 60);
  const addresses: readonly ((token: string) => [string, string])[] = [
    (token) => ["POST", `/api/hooks/${token}`],
    (token) => ["POST", `/api/callbacks/${token}`],
    (token) => ["GET", `/api/trpc/triggers.intake?input=${encodeURIComponent(JSON.stringify({ token }))}`],
    (token) => ["GET", `/api/trpc/conversations.byToken?input=${encodeURIComponent(JSON.stringify({ token }))}`],
  ];
  await inParallel([...Array(count).keys()], 4, async (at) => {
    const token = randomBytes(24).toString("base64url");
    const [method, path] = addresses[at % addresses.length]?.(token) ?? ["GET", "/"];
    const { status, text } = await target.send(method, path, {
      key: null,
      ...(method === "POST" ? { body: "{}" } : {}),
    });
    // What a link opens is asked for with POST: an address with a token in it is refused whatever the token.
    expect(path.includes("/trpc/") ? [405, 429] : [404, 429], text).toContain(status);
  });
  report(`S16 tokens: ${count} made up, 0 opened anything`);
});
