import { cutText, storableText } from "@/core/storable-text";
import type { SendResult } from "@/core/delivery";

const administrator = "An administrator should check SMTP_URL";

/** What nodemailer and Node call it, and what is said instead. */
const words: Readonly<Record<string, string>> = {
  EAUTH: `The mail server refused the user name or password. ${administrator}.`,
  ENOAUTH: `The mail server asks for a user name and password. ${administrator}.`,
  EOAUTH2: `The mail server refused the user name or password. ${administrator}.`,
  EDNS: `There is no mail server of that name. ${administrator}.`,
  ENOTFOUND: `There is no mail server of that name. ${administrator}.`,
  EAI_AGAIN: "The name of the mail server could not be looked up just now. It is tried again.",
  ECONNREFUSED: `Nothing takes mail at the host and port of the mail server. ${administrator}, and whether the server runs.`,
  ECONNRESET: "The mail server closed the connection before it had taken the message. It is tried again.",
  ECONNECTION: "The mail server closed the connection before it had taken the message. It is tried again.",
  ESOCKET: `The mail server could not be reached over the network. ${administrator}, and whether the server runs.`,
  ETIMEDOUT: `The mail server did not answer in time. ${administrator}, and whether the server runs.`,
  ETLS: `No secure connection to the mail server. ${administrator}, and the server's certificate.`,
  EREQUIRETLS: `No secure connection to the mail server. ${administrator}, and the server's certificate.`,
  EPROTOCOL: `What answers is no mail server. ${administrator}: its host and port.`,
  EENVELOPE: "The mail server refused the sender or the receiver. Check the address of whoever is to be told.",
};

/**
 * What a message that was not taken led to. 5xx is the server's final no; everything else may pass. What the server itself said
 * stands there too, for it is what its administrator needs; what the library says does not.
 */
export function mailRefusal(error: unknown): SendResult {
  const { code, responseCode, response } = factsOf(error);
  const said = response === "" ? "" : ` It said: ${storableText(cutText(response, 300))}`;
  const message = `${words[code] ?? "The mail server did not take the message. It can be sent again."}${said}`;
  return responseCode >= 500 && responseCode < 600
    ? { status: "dead", error: message, response: { code: responseCode } }
    : { status: "failed", error: message, response: null };
}

/** nodemailer says the same of every trouble on the wire; Node's own name is beneath it. */
function factsOf(error: unknown): { code: string; responseCode: number; response: string } {
  if (!(error instanceof Error)) return { code: "", responseCode: 0, response: "" };
  const has = <T>(name: string, is: (value: unknown) => value is T, otherwise: T): T => {
    const value: unknown = Reflect.get(error, name);
    return is(value) ? value : otherwise;
  };
  const isText = (value: unknown): value is string => typeof value === "string";
  const isNumber = (value: unknown): value is number => typeof value === "number";
  const named = has("code", isText, "");
  const beneath = /\b(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT)\b/.exec(error.message)?.[1];
  return {
    code: beneath ?? named,
    responseCode: has("responseCode", isNumber, 0),
    response: has("response", isText, ""),
  };
}
