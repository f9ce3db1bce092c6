import { createTRPCClient, TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { expect, it } from "vitest";
import type { AppRouter } from "@/server/routes/root";
import { createPasswordPrompt } from "./password-prompt";
import { proofLink } from "./proof-link";

/** A server that wants a password, until it was proven. */
function scene(appCode = "password_required") {
  const server = { isProven: false, calls: 0 };
  const serverLink: TRPCLink<AppRouter> = () => () =>
    observable((observer) => {
      server.calls += 1;
      if (server.isProven) {
        observer.next({ result: { data: { ended: 2 } } });
        observer.complete();
        return;
      }
      const data = { code: "FORBIDDEN", httpStatus: 403, appCode };
      observer.error(
        TRPCClientError.from({ error: { code: -32003, message: "Your password, please", data } } as never),
      );
    });
  const prompt = createPasswordPrompt();
  const client = createTRPCClient<AppRouter>({ links: [proofLink(prompt), serverLink] });
  return { server, prompt, act: () => client.sessions.endOfMember.mutate({ memberId: "usr_1" }) };
}

it("M10 the act goes on by itself once the password was given, also when several ask at once", async () => {
  const { server, prompt, act } = scene();
  const acts = [act(), act()];
  await expect.poll(() => prompt.isOpen()).toBe(true);
  server.isProven = true;
  prompt.settle(true);
  expect(await Promise.all(acts)).toEqual([{ ended: 2 }, { ended: 2 }]);
  expect([server.calls, prompt.isOpen()]).toEqual([4, false]);
});

it("M10 whoever would rather not give it sees the refusal, and is asked again the next time", async () => {
  const { server, prompt, act } = scene();
  for (const calls of [1, 2]) {
    const refused = act();
    await expect.poll(() => prompt.isOpen()).toBe(true);
    prompt.settle(false);
    await expect(refused).rejects.toThrow("Your password, please");
    expect(server.calls).toBe(calls);
  }
});

it("M10 a server that asks again after the password is not asked for ever, and other refusals ask nothing", async () => {
  const again = scene();
  const refused = again.act();
  await expect.poll(() => again.prompt.isOpen()).toBe(true);
  again.prompt.settle(true);
  await expect(refused).rejects.toThrow("Your password, please");
  expect(again.server.calls).toBe(2);
  const other = scene("missing_scope");
  await expect(other.act()).rejects.toThrow();
  expect(other.prompt.isOpen()).toBe(false);
});
