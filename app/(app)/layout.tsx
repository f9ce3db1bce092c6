import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { LiveShell } from "@/components/shell/live-shell";
import { pathHeader } from "@/components/shell/path-header";
import { TrpcProvider } from "@/components/trpc";
import { readLetterKeys, letterKeysCookie } from "@/components/ui/letter-keys";
import { LetterKeysProvider } from "@/components/ui/letter-keys-choice";
import { readTheme, themeCookie } from "@/components/ui/theme";
import { getSessionActor } from "@/server/auth/session";
import { env } from "@/server/env";

/** Everything behind the sign-in. */
export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const actor = await getSessionActor();
  if (!actor) redirect(`/sign-in?next=${encodeURIComponent((await headers()).get(pathHeader) ?? "/start")}`);
  const kept = await cookies();
  const theme = readTheme(kept.get(themeCookie)?.value);
  return (
    <TrpcProvider>
      <LetterKeysProvider initial={readLetterKeys(kept.get(letterKeysCookie)?.value)}>
        <LiveShell
          viewer={{ name: actor.name, email: actor.email, role: actor.role }}
          theme={theme}
          demo={env().HOLDPOINT_DEMO}
        >
          {children}
        </LiveShell>
      </LetterKeysProvider>
    </TrpcProvider>
  );
}
