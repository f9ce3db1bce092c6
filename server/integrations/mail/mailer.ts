import { createTransport } from "nodemailer";
import type { Delivery, SendResult } from "../channels/delivery";

export type SendMail = (delivery: Pick<Delivery, "id" | "address" | "subject" | "body">) => Promise<SendResult>;

export interface MailerOptions {
  /** `smtp://user:pass@host:587` or `smtps://…`. */
  smtpUrl: string;
  /** `Name <address>`. */
  from: string;
}

export interface Mailer {
  send: SendMail;
  close(): void;
}

/** E-mail over SMTP. A repeated try carries the same Message-ID, by which servers recognise it. */
export function createMailer({ smtpUrl, from }: MailerOptions): Mailer {
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
        const { message, code } = reasonOf(error);
        // 5xx is the server's final no; everything else may pass.
        return code >= 500 && code < 600
          ? { status: "dead", error: message, response: { code } }
          : { status: "failed", error: message, response: null };
      }
    },
  };
}

function reasonOf(error: unknown): { message: string; code: number } {
  if (!(error instanceof Error)) return { message: "The mail server could not be used.", code: 0 };
  return {
    message: `The mail server did not take the message: ${error.message}`,
    code: "responseCode" in error && typeof error.responseCode === "number" ? error.responseCode : 0,
  };
}
