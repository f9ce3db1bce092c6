import type { ChannelSend } from "@/core/channel-send";

/** The stored message itself is what the person reads. */
export const sendInApp: ChannelSend = () => Promise.resolve({ status: "delivered", response: null });
