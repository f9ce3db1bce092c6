import type { ChannelSend } from "@/core/channel-send";

/** Over the mail server that is set for the product. */
export const sendEmail: ChannelSend = (delivery, { sendMail }) =>
  sendMail
    ? sendMail(delivery)
    : Promise.resolve({
        status: "dead",
        error: "No mail server is set. Set SMTP_URL and deliver again.",
        response: null,
      });
