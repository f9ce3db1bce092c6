import type { TRPCLink } from "@trpc/client";
import { observable, type Unsubscribable } from "@trpc/server/observable";
import type { AppRouter } from "@/server/routes/root";
import type { PasswordPrompt } from "./password-prompt";

/**
 * The one place where the browser understands `password_required`: it asks for the password, and once that was given the call is made
 * again, so that the act goes on without the page knowing. Whoever would rather not sees the refusal.
 */
export function proofLink(prompt: PasswordPrompt): TRPCLink<AppRouter> {
  return () =>
    ({ next, op }) =>
      observable((observer) => {
        let current: Unsubscribable | null = null;
        let isGone = false;
        const send = (isRepeat: boolean) => {
          current = next(op).subscribe({
            next: (value) => {
              observer.next(value);
            },
            complete: () => {
              observer.complete();
            },
            error: (error) => {
              if (isRepeat || !asksForPassword(error)) {
                observer.error(error);
                return;
              }
              void prompt.ask().then((proven) => {
                if (isGone) return;
                if (proven) send(true);
                else observer.error(error);
              });
            },
          });
        };
        send(false);
        return () => {
          isGone = true;
          current?.unsubscribe();
        };
      });
}

function asksForPassword({ data }: { data?: unknown }): boolean {
  return typeof data === "object" && data !== null && "appCode" in data && data.appCode === "password_required";
}
