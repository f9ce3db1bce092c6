"use client";
import { Menu } from "@base-ui/react/menu";
import { BellRing, Keyboard, LogOut, Plus, ShieldCheck, Table2, UsersRound } from "lucide-react";
import { Link } from "@/components/ui/link";
import type { ReactNode } from "react";
import { permissionRoles, roleScopes, type Scope } from "@/core/permissions";
import { buttonClass } from "@/components/ui/button-look";
import { Mark } from "@/components/ui/mark";
import type { Theme } from "@/components/ui/theme";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import type { Viewer } from "./app-shell";

export function TopBar({
  viewer,
  organization,
  theme,
  path,
  bell,
  onShortcuts,
  onSignOut,
}: {
  viewer: Viewer;
  organization: string | null;
  theme: Theme;
  path: string;
  /** What the viewer was told. */
  bell: ReactNode;
  /** Shows the keys that there are. */
  onShortcuts: () => void;
  onSignOut: () => void;
}) {
  return (
    <header className="flex h-14 items-center gap-2 border-b px-4 md:px-6">
      <Link href="/inbox" className="flex items-center gap-2 rounded-chip font-semibold md:hidden">
        <Mark size={24} /> Holdpoint
      </Link>
      <span className="min-w-0 flex-1 truncate font-medium text-ink-2 max-md:hidden">{organization}</span>
      <span className="flex-1 md:hidden" />
      {may(viewer.role, "workflows:write") && !ownButton.has(path) && (
        <Link
          href="/workflows/new"
          aria-label="New automation"
          className={`${buttonClass({ look: "outline" })} max-sm:w-11 max-sm:px-0`}
        >
          <Plus size={16} aria-hidden />
          <span className="max-sm:hidden">New automation</span>
        </Link>
      )}
      {bell}
      <ThemeToggle initial={theme} />
      <Menu.Root>
        <Menu.Trigger
          aria-label={`Account of ${viewer.name}`}
          className="flex h-9 items-center gap-2 rounded-control px-1.5 hover:bg-sunken max-sm:h-11"
        >
          <Initials name={viewer.name} />
          <span className="max-w-40 truncate font-medium max-sm:hidden">{viewer.name}</span>
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner sideOffset={6} align="end" className="z-50">
            <Menu.Popup className="w-64 animate-appear rounded-card border border-hairline bg-surface p-1.5 shadow-lg outline-none">
              <div className="px-2.5 py-2">
                <p className="truncate font-medium">{viewer.name}</p>
                <p className="truncate text-dense text-ink-2">
                  {[viewer.email, viewer.role].filter(Boolean).join(" · ")}
                </p>
              </div>
              <Menu.Item render={<Link href="/settings/security" />} className={menuItemClass}>
                <ShieldCheck size={16} aria-hidden /> Security
              </Menu.Item>
              <Menu.Item render={<Link href="/settings/notifications" />} className={menuItemClass}>
                <BellRing size={16} aria-hidden /> Notifications
              </Menu.Item>
              <Menu.Item render={<Link href="/settings/people" />} className={menuItemClass}>
                <UsersRound size={16} aria-hidden /> People
              </Menu.Item>
              <Menu.Item render={<Link href="/settings/approver-rules" />} className={menuItemClass}>
                <Table2 size={16} aria-hidden /> Approver rules
              </Menu.Item>
              <Menu.Item onClick={onShortcuts} className={menuItemClass}>
                <Keyboard size={16} aria-hidden /> Keyboard shortcuts
              </Menu.Item>
              <Menu.Item onClick={onSignOut} className={menuItemClass}>
                <LogOut size={16} aria-hidden /> Sign out
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </header>
  );
}

const menuItemClass =
  "flex h-9 cursor-pointer items-center gap-2 rounded-control px-2.5 font-medium outline-none data-[highlighted]:bg-sunken max-sm:h-11";

/** Pages that offer it themselves. */
const ownButton: ReadonlySet<string> = new Set(["/workflows", "/workflows/new"]);

function may(role: string | null, scope: Scope): boolean {
  const known = permissionRoles.find((each) => each === role);
  return known !== undefined && roleScopes[known].includes(scope);
}

export function Initials({ name }: { name: string }) {
  const letters = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join("");
  return (
    <span
      aria-hidden
      className="inline-flex size-7 shrink-0 items-center justify-center rounded-full bg-quiet-tint text-label font-semibold text-quiet"
    >
      {letters}
    </span>
  );
}
