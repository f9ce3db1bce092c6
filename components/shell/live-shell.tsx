"use client";
import { useQuery } from "@tanstack/react-query";
import { signOut } from "next-auth/react";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useTRPC } from "@/components/trpc";
import { formDrafts } from "@/components/data/draft-store";
import { useLive } from "@/components/data/live";
import type { Theme } from "@/components/ui/theme";
import { AppShell, type Viewer } from "./app-shell";
import { Bell } from "./bell";

/** The shell with its data: waiting decisions, the current page, live updates for everything inside. */
export function LiveShell({
  viewer,
  theme,
  demo,
  children,
}: {
  viewer: Viewer;
  theme: Theme;
  demo: boolean;
  children: ReactNode;
}) {
  useLive();
  const api = useTRPC();
  const organization = useQuery(api.organizations.current.queryOptions());
  const count = useQuery(api.inbox.count.queryOptions());
  const talks = useQuery(api.console.count.queryOptions());
  return (
    <AppShell
      viewer={viewer}
      organization={organization.data?.name ?? null}
      theme={theme}
      demo={demo}
      counts={{ decisions: count.data?.pending ?? null, conversations: talks.data?.waiting ?? null }}
      path={usePathname()}
      bell={<Bell />}
      onSignOut={() => {
        formDrafts.clear();
        void signOut({ callbackUrl: "/" });
      }}
    >
      {children}
    </AppShell>
  );
}
