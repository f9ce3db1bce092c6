import { describe, expect, it } from "vitest";
import { sectionOfField } from "./section-of-field";

describe("jumping to a field", () => {
  it("unfolds the section it stands in", () => {
    expect(sectionOfField("retry.maxAttempts")).toBe("failure");
    expect(sectionOfField("result")).toBe("advanced");
    expect(sectionOfField("context.fields[0].value")).toBe("settings");
    expect(sectionOfField("")).toBe("settings");
  });
});
