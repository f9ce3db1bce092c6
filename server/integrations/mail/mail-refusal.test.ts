import { expect, test } from "vitest";
import { mailRefusal } from "./mail-refusal";

const codes = [
  ...[
    "ECONNECTION",
    "ETIMEDOUT",
    "ESOCKET",
    "EDNS",
    "ETLS",
    "EREQUIRETLS",
    "EPROTOCOL",
    "EENVELOPE",
    "EMESSAGE",
    "EOTP",
  ],
  ...["ESTREAM", "EABORT", "EAUTH", "ENOAUTH", "EOAUTH2", "EMAXLIMIT", "EMAXRECIPIENTS", "ECONFIG", "EPROXY", ""],
];

test.each(codes)("%s is told in a sentence of our own", (code) => {
  for (const beneath of ["", "connect ECONNREFUSED 127.0.0.1:25", "getaddrinfo ENOTFOUND mail.example"]) {
    const told = mailRefusal(Object.assign(new Error(`libraryword ${beneath}`), { code }));
    expect(told).toMatchObject({ status: "failed", response: null });
    const said = "error" in told ? told.error : "";
    expect(said).toMatch(/^[A-Z].*mail.*\.$/);
    expect(said.replace("SMTP_URL", "")).not.toMatch(/libraryword|\bE[A-Z]{3,}/);
  }
});

test("what the mail server said is told as its words, and its final no ends the tries", () => {
  const no = Object.assign(new Error("Can't send mail - all recipients were rejected"), {
    code: "EENVELOPE",
    responseCode: 550,
    response: "550 No such person",
  });
  expect(mailRefusal(no)).toEqual({
    status: "dead",
    error:
      "The mail server refused the sender or the receiver. Check the address of whoever is to be told. It said: 550 No such person",
    response: { code: 550 },
  });
});
