"use client";
import { Popover } from "@base-ui/react/popover";
import { useQuery } from "@tanstack/react-query";
import { Bell as BellIcon } from "lucide-react";
import { useState } from "react";
import { mostUnread } from "@/core/contracts/notice";
import { useTRPC } from "@/components/trpc";
import { NoticePanel } from "./notice-panel";
import { bellWords } from "./notice-words";

/** What the person was told, behind a bell that counts what is unread and still waits. */
export function Bell() {
  const api = useTRPC();
  const [open, setOpen] = useState(false);
  const count = useQuery(api.notices.count.queryOptions());
  const unread = count.data?.unread ?? null;
  const words = bellWords(unread, mostUnread);
  return (
    <Popover.Root open={open} onOpenChange={(next) => setOpen(next)}>
      <Popover.Trigger
        aria-label={words}
        title={words}
        className="relative inline-flex size-9 items-center justify-center rounded-control text-ink-2 hover:bg-sunken hover:text-ink max-sm:size-11"
      >
        <BellIcon size={18} aria-hidden />
        {unread !== null && unread > 0 && (
          <span
            aria-hidden
            className="absolute top-0.5 right-0.5 inline-flex h-4 min-w-4 items-center justify-center rounded-full bg-person-solid px-1 text-[10px] leading-none font-semibold text-ground"
          >
            {unread >= mostUnread ? `${String(mostUnread - 1)}+` : unread}
          </span>
        )}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="end" sideOffset={6} collisionPadding={12} className="z-50">
          <Popover.Popup className="flex max-h-[min(560px,calc(100dvh-96px))] w-[400px] max-w-[calc(100vw-24px)] animate-appear flex-col overflow-hidden rounded-card border border-hairline bg-surface shadow-lg outline-none">
            <NoticePanel unread={unread ?? 0} onLeave={() => setOpen(false)} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
