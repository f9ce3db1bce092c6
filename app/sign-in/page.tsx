import "server-only";
import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import { Link } from "@/components/ui/link";
import { redirect } from "next/navigation";
import { safePath } from "@/components/sign-in/safe-path";
import { SignInForm } from "@/components/sign-in/sign-in-form";
import { Mark } from "@/components/ui/mark";
import { readTheme, themeCookie } from "@/components/ui/theme";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import { demoPeople } from "@/server/auth/demo-people";
import { getSessionActor } from "@/server/auth/session";
import { env } from "@/server/env";

export const metadata: Metadata = { title: "Sign in" };

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Partial<Record<"next" | "callbackUrl" | "demo" | "link", string | string[]>>>;
}) {
  const { next, demo, link } = await searchParams;
  const path = safePath(typeof next === "string" ? next : undefined);
  // A page cannot set the cookie that the link is exchanged for.
  if (typeof demo === "string")
    redirect(`/sign-in/demo?token=${encodeURIComponent(demo)}&next=${encodeURIComponent(path)}`);
  if (await getSessionActor()) redirect(path);
  const theme = readTheme((await cookies()).get(themeCookie)?.value);
  return (
    <div className="mx-auto flex min-h-dvh max-w-[400px] flex-col px-6 py-6">
      <header className="flex items-center justify-between">
        <Link href="/" className="flex items-center gap-2.5 rounded-chip text-reading font-semibold">
          <Mark size={26} /> Holdpoint
        </Link>
        <ThemeToggle initial={theme} />
      </header>
      <main className="flex flex-1 flex-col justify-center py-12">
        <h1 className="mb-6 text-heading font-semibold">Sign in</h1>
        <SignInForm
          next={path}
          demo={
            env().HOLDPOINT_DEMO
              ? { people: await demoPeople((await headers()).get("cookie")), linkWasUsed: link === "used" }
              : null
          }
        />
      </main>
    </div>
  );
}
