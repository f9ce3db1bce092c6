import type { TestMember } from "@/server/auth/identity.testkit";
import { ask, checker, north, query } from "@/server/modules/approvals/undecidable.testkit";
import { mailsTo, tellNow } from "@/server/modules/notices/told.testkit";
import { runStore } from "@/server/modules/runs/service";
import { lookAtLink, proveLink, sendLinkCode } from "./service";
import type { Visitor } from "./visitor";

export const nobody = { cookies: null, signedIn: null, address: "192.0.2.1" };
let people = 0;

/** A member who is asked, and the link in the mail that they got. */
export async function mailed(request: object = {}) {
  const kim = await checker(`kim${String((people += 1))}`);
  const { id } = await ask({ of: [`user:${kim.userId}`], request: { headline: "Refund $120", ...request } });
  await tellNow(id);
  const [mail] = await mailsTo(kim.email);
  const token = /\/d\/([0-9a-f]{64})\b/.exec(mail?.body ?? "")?.[1] ?? "";
  return { kim, id, token, visitor: { ...nobody, token } satisfies Visitor };
}

/** Somebody without an account who is asked, and the link in the newest mail that they got. */
export async function mailedOutside(
  email: string,
  { request = {}, ...asking }: Partial<Parameters<typeof ask>[0]> = {},
) {
  const { id, runId } = await ask({
    of: [`email:${email}`],
    ...asking,
    request: { headline: "Sign the lease", outside: true, ...request },
  });
  await tellNow(id);
  return { id, runId, email, visitor: await linkTo(email) };
}

/** Whoever follows the link in the newest mail to an address that has one. */
export async function linkTo(email: string): Promise<Visitor> {
  const tokens = (await mailsTo(email)).flatMap(({ body }) => /\/d\/([0-9a-f]{64})\b/.exec(body)?.[1] ?? []);
  return { ...nobody, token: tokens.at(-1) ?? "" };
}

/** The newest code that was sent to an address. */
export async function codeTo({ email }: Pick<TestMember, "email">): Promise<string> {
  const mails = (await mailsTo(email)).filter(({ subject }) => subject.startsWith("Your code"));
  return /\d{6}/.exec(mails.at(-1)?.subject ?? "")?.[0] ?? "";
}

/** A browser in which the right code was entered. */
export async function proven(visitor: Visitor, member: Pick<TestMember, "email">): Promise<Visitor> {
  await sendLinkCode(visitor);
  const cookie = await proveLink(visitor, await codeTo(member));
  return { ...visitor, cookies: cookie.split(";")[0] ?? "" };
}

/** The page to somebody who has proven themselves. */
export async function shown(visitor: Visitor) {
  const page = await lookAtLink(visitor);
  if (page.state !== "shown") throw new Error(`The page is ${page.state}.`);
  return page;
}

/** The time in which a decision can be taken back is over. */
export const due = async (id: string) => {
  await query("update waitpoints set effective_at = now() where id = $1", [id]);
  return runStore().decisionDue({ id, org: north.id });
};
/** Whether it waits, and why nobody can decide it. */
export const stateOf = async (id: string) =>
  (
    await query<{ status: string; why: string | null }>(
      "select status, undecidable_why as why from waitpoints where id = $1",
      [id],
    )
  )[0];
