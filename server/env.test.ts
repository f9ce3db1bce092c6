import { describe, expect, it } from "vitest";
import { parseEnvironment } from "./env";

const good = { DATABASE_URL: "postgresql://holdpoint@127.0.0.1:5432/holdpoint", NEXTAUTH_SECRET: "x".repeat(32) };

describe("the environment", () => {
  it("has defaults for everything but the database and the session secret", () => {
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
      HOLDPOINT_DEMO: "on",
      NEXTAUTH_URL: "https://flow.test/",
    });
    expect(parsed).toMatchObject({ HOLDPOINT_DEMO: true, HOLDPOINT_BASE_URL: "https://flow.test" });
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

  it("refuses to start without a session secret, and repeats no value", () => {
    expect(() => parseEnvironment({ DATABASE_URL: good.DATABASE_URL })).toThrow(/NEXTAUTH_SECRET is not set/);
    expect(() => parseEnvironment({ ...good, NEXTAUTH_SECRET: "hunter2" })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("hunter2") }),
    );
  });
});
