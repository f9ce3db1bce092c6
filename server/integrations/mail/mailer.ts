import { createTransport } from "nodemailer";
import type { SendMail } from "@/core/channel-send";
import type { SendResult } from "@/core/delivery";
import { mailRefusal } from "./mail-refusal";

export interface MailerOptions {
  /** `smtp://user:pass@host:587` or `smtps://…`. */
  smtpUrl: string;
  /** `Name <address>`. */
  from: string;
  /** Told what no person is told: the error as Node and its libraries name it. */
  onFailure?(error: unknown): void;
}

export interface Mailer {
  send: SendMail;
  close(): void;
}

/** E-mail over SMTP. A repeated try carries the same Message-ID, by which servers recognise it. */
export function createMailer({ smtpUrl, from, onFailure }: MailerOptions): Mailer {
  const transport = createTransport(smtpUrl, { from, disableFileAccess: true, disableUrlAccess: true });
  return {
    close: () => {
      transport.close();
    },
    async send({ id, address, subject, body }): Promise<SendResult> {
      try {
        const sent = await transport.sendMail({
          messageId: `<${id}@holdpoint>`,
          // As an object: a comma in the address cannot name a second recipient.
          to: { name: "", address },
          subject: subject ?? "",
          text: body,
        });
        return { status: "delivered", response: { answer: sent.response } };
      } catch (error) {
        onFailure?.(error);
        return mailRefusal(error);
      }
    },
  };
}
