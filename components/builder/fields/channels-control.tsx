"use client";
import { channelDefinitions } from "@/channels/definitions";
import type { ChannelDefinitions } from "@/core/channel-definition";
import { textOf, type ControlProps } from "./control-props";
import { listOf } from "./list-controls";

const definitions: ChannelDefinitions = channelDefinitions;
const channels = Object.keys(definitions);

/** Tick boxes in a fixed order; the message goes out on each that is ticked. */
export function ChannelsControl({ names, value, onChange }: ControlProps<"channels">) {
  const chosen = new Set(listOf(value).map(textOf));
  return (
    <div
      role="group"
      aria-labelledby={names.labelId}
      aria-describedby={names.describedBy}
      className="grid grid-cols-2 gap-x-4"
    >
      {channels.map((channel, position) => (
        <label key={channel} className="flex min-h-8 items-center gap-2.5 max-sm:min-h-11">
          <input
            type="checkbox"
            id={position === 0 ? names.id : undefined}
            checked={chosen.has(channel)}
            onChange={(event) => {
              const next = channels.filter((each) => (each === channel ? event.target.checked : chosen.has(each)));
              onChange(next.length === 0 ? undefined : next);
            }}
            className="size-4 shrink-0 accent-ink max-sm:size-5"
          />
          {definitions[channel]?.label}
        </label>
      ))}
    </div>
  );
}
