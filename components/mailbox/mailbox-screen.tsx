"use client";
import { useQuery } from "@tanstack/react-query";
import { Mailbox } from "lucide-react";
import { useState } from "react";
import type { CapturedMessage as Message } from "@/core/contracts/conversation";
import { useTRPC } from "@/components/trpc";
import { Page, PageHeader } from "@/components/shell/page-header";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { CapturedMessage } from "./captured-message";
import { channelFace } from "./channel-face";

export function MailboxScreen() {
  const api = useTRPC();
  const [channel, setChannel] = useState("");
  const list = useQuery(api.mailbox.list.queryOptions());
  const items = list.data?.items ?? [];
  return (
    <Page>
      <PageHeader
        title="Demo mailbox"
        note="In demo mode nothing leaves this machine. Here is each message as its reader would see it."
        actions={<ChannelFilter items={items} channel={channel} onChange={setChannel} />}
      />
      {list.data ? (
        <MessageList items={items.filter((message) => channel === "" || message.channel === channel)} />
      ) : list.error ? (
        <ErrorState title="The mailbox did not load" message={list.error.message} onRetry={() => void list.refetch()} />
      ) : (
        <SkeletonRows label="Loading messages" />
      )}
    </Page>
  );
}

export function MessageList({ items }: { items: Message[] }) {
  if (items.length === 0)
    return (
      <EmptyState icon={Mailbox} title="No messages yet">
        As soon as a workflow writes to somebody, the message appears here.
      </EmptyState>
    );
  return (
    <ol className="flex max-w-[760px] flex-col gap-4" aria-live="polite">
      {items.map((message) => (
        <li key={message.id}>
          <CapturedMessage message={message} />
        </li>
      ))}
    </ol>
  );
}

function ChannelFilter({
  items,
  channel,
  onChange,
}: {
  items: Message[];
  channel: string;
  onChange: (channel: string) => void;
}) {
  const channels = [...new Set(items.map((message) => message.channel))].sort();
  if (channels.length < 2) return null;
  return (
    <Select aria-label="Channel" value={channel} onChange={(event) => onChange(event.target.value)}>
      <option value="">All channels</option>
      {channels.map((each) => (
        <option key={each} value={each}>
          {channelFace(each).label}
        </option>
      ))}
    </Select>
  );
}
