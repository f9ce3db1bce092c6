import { expect, it } from "vitest";
import { AppError } from "./errors";

it("B-50 every detail of a refusal says how grave it is, also where its author left that out", () => {
  const detail = { code: "required", path: "id", message: "Name the run." };
  const { details } = new AppError("validation_failed", "Say which.", [detail, { ...detail, severity: "warning" }]);
  expect(details).toEqual([
    { ...detail, severity: "error" },
    { ...detail, severity: "warning" },
  ]);
});
