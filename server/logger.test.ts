import { expect, it } from "vitest";
import { loggedError } from "./logger";

it("a lost connection is logged by what happened, without the driver's memory", () => {
  const error = Object.assign(new Error("terminating connection"), { code: "57P01", client: { secretKey: 42 } });
  const line = JSON.stringify(loggedError(error));
  expect(JSON.parse(line)).toMatchObject({ type: "Error", message: "terminating connection", code: "57P01" });
  expect(line).not.toContain("secretKey");
});
