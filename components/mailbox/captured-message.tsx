import { Link } from "@/components/ui/link";
import type { ReactNode } from "react";
import type { CapturedMessage as Message } from "@/core/contracts/conversation";
import { Card } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { Mark } from "@/components/ui/mark";
import { RelativeTime } from "@/components/ui/relative-time";
import { channelFace, type ChannelFace } from "./channel-face";
import { LinkedText } from "./linked-text";

/** One message as its reader sees it: a bubble on a phone, a letter, a post in a channel. */
export function CapturedMessage({ message }: { message: Message }) {
  const face = channelFace(message.channel);
  const Body = bodies[face.look];
  return (
    <Card className="overflow-hidden">
      <div className="flex flex-wrap items-center gap-x-2 border-b px-4 py-2 text-dense">
        <span className="text-ink-2">
          <Icon name={face.icon} size={15} />
        </span>
        <span className="font-semibold">{face.label}</span>
        <span className="min-w-0 truncate text-ink-2">to {message.address}</span>
        <span className="ml-auto flex items-center gap-3 text-ink-3">
          {message.runId !== null && (
            <Link href={`/runs/${message.runId}`} className="text-link underline underline-offset-2">
              Run
            </Link>
          )}
          <RelativeTime at={message.at} />
        </span>
      </div>
      <Body message={message} />
      {message.status !== "sent" && message.status !== "captured" && message.status !== "delivered" && (
        <p className="border-t px-4 py-2 text-dense text-ink-2">Status: {message.status.replaceAll("_", " ")}</p>
      )}
    </Card>
  );
}

function Bubble({ message }: { message: Message }) {
  return (
    <div className="bg-sunken px-4 py-4">
      <div className="max-w-[85%] rounded-card rounded-tl-none border border-hairline bg-surface px-3.5 py-2.5 sm:max-w-[420px]">
        {message.subject !== null && <p className="mb-1 font-semibold">{message.subject}</p>}
        <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">
          <LinkedText text={message.body} />
        </p>
      </div>
    </div>
  );
}

function Letter({ message }: { message: Message }) {
  return (
    <div className="px-4 py-4 sm:px-6 sm:py-5">
      <p className="text-reading font-semibold">{message.subject ?? "(no subject)"}</p>
      <p className="mt-3 max-w-[680px] text-reading whitespace-pre-wrap [overflow-wrap:anywhere]">
        <LinkedText text={message.body} />
      </p>
    </div>
  );
}

function Post({ message }: { message: Message }) {
  return (
    <div className="flex gap-3 px-4 py-4">
      <span className="flex size-9 shrink-0 items-center justify-center rounded-control bg-ink text-ground">
        <Mark size={20} />
      </span>
      <div className="min-w-0">
        <p className="flex items-center gap-1.5 font-semibold">
          Holdpoint <span className="rounded-chip bg-quiet-tint px-1 text-label font-medium text-quiet">APP</span>
        </p>
        <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">
          <LinkedText text={message.body} />
        </p>
      </div>
    </div>
  );
}

const bodies: Record<ChannelFace["look"], (props: { message: Message }) => ReactNode> = {
  bubble: Bubble,
  letter: Letter,
  post: Post,
};
