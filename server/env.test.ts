import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { parseEnvironment } from "./env";

const good = {
  DATABASE_URL: "postgresql://holdpoint@127.0.0.1:5432/holdpoint",
  NEXTAUTH_SECRET: "a-secret-that-is-long-enough-for-this-test",
  HOLDPOINT_ENCRYPTION_KEYS: "k1:unused",
};

describe("the environment", () => {
  it("has defaults for everything but the database and the secrets", () => {
    expect(parseEnvironment(good)).toMatchObject({
      PORT: 3000,
      HOLDPOINT_DEMO: false,
      HOLDPOINT_BASE_URL: "http://127.0.0.1:3000",
      LOG_LEVEL: "info",
    });
  });

  it("takes an empty variable as none, and the own address without its last slash", () => {
    const parsed = parseEnvironment({
      ...good,
      SMTP_URL: "",
      NEXTAUTH_URL: "https://flow.test/",
    });
    expect(parsed).toMatchObject({ HOLDPOINT_DEMO: false, HOLDPOINT_BASE_URL: "https://flow.test" });
    expect(parsed.SMTP_URL).toBeUndefined();
  });

  it.each([
    ["DATABASE_URL", "mysql://x", "DATABASE_URL must be a postgresql:// address."],
    ["PORT", "many", "PORT must be a port number."],
    ["HOLDPOINT_DEMO", "maybe", 'HOLDPOINT_DEMO must be "on" or "off".'],
    ["NEXTAUTH_SECRET", "short", "NEXTAUTH_SECRET must have at least 32 characters."],
    ["SMTP_URL", "mail.test", "SMTP_URL must be an smtp:// or smtps:// address."],
  ])("says in one sentence what is wrong with %s=%s", (name, value, sentence) => {
    expect(() => parseEnvironment({ ...good, [name]: value })).toThrow(new Error(sentence));
  });

  it.each([
    ["0".repeat(44)],
    ["ab".repeat(20)],
    ["changeme".repeat(5)],
    ["0123456789".repeat(4)],
    ["0123456789".repeat(4).slice(0, 34)],
  ])("L9 refuses the session secret %s, which anybody can guess", (secret) => {
    expect(() => parseEnvironment({ ...good, NEXTAUTH_SECRET: secret })).toThrow(
      new Error('NEXTAUTH_SECRET is easy to guess; take the output of "openssl rand -base64 32".'),
    );
  });

  it("L9 takes what the documented commands give", () => {
    for (let round = 0; round < 200; round += 1)
      for (const secret of [randomBytes(32).toString("base64"), randomBytes(16).toString("hex")])
        expect(parseEnvironment({ ...good, NEXTAUTH_SECRET: secret }).NEXTAUTH_SECRET).toBe(secret);
  });

  it("L9 refuses to start without encryption keys, the web process as well", () => {
    expect(() => parseEnvironment({ ...good, HOLDPOINT_ENCRYPTION_KEYS: "" })).toThrow(
      /^HOLDPOINT_ENCRYPTION_KEYS is not set; start with "npm start"/,
    );
  });

  it("refuses to start without a session secret, and repeats no value", () => {
    expect(() => parseEnvironment({ ...good, NEXTAUTH_SECRET: "" })).toThrow(/NEXTAUTH_SECRET is not set/);
    expect(() => parseEnvironment({ ...good, NEXTAUTH_SECRET: "hunter2" })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("hunter2") }),
    );
  });
});
