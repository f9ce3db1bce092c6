import { describe, expect, it } from "vitest";
import { checkText } from "./check-text";
import { templatePlace, writtenPath } from "./code-place";

describe("checking while typing", () => {
  it("K-23 accepts a dot path over earlier outputs, and says nothing of an empty field", () => {
    expect(checkText("expression", "step.kyc.output.ktpBundle.verdict", "any")).toBeNull();
    expect(checkText("expression", "  ", "any")).toBeNull();
    expect(checkText("template", "no data at all", "any")).toBeNull();
  });

  it("names what is wrong and marks that part of the text", () => {
    const text = "amount > 1 && lowr(plan) == 'pro'";
    const problem = checkText("expression", text, "any");
    expect(problem?.message).toContain("lowr");
    expect(text.slice(problem?.from, problem?.to)).toBe("lowr");
    const unknown = checkText("expression", "emial == ''", ["email", "input"]);
    expect(unknown).toMatchObject({ from: 0, to: 5 });
    expect(unknown?.message).toContain("email");
  });

  it("K-17 looks into every template of a text, where it stands", () => {
    const text = "Hello ${input.name}, you owe ${1 +}";
    const problem = checkText("template", text, "any");
    expect(problem).not.toBeNull();
    expect(problem?.from).toBeGreaterThanOrEqual(text.indexOf("${1 +}"));
    expect(checkText("template", "Hello ${input.name", "any")).toMatchObject({ from: 6, to: 18 });
    expect(checkText("template", "${}", "any")?.message).toContain("Nothing stands between");
    expect(checkText("template", "a literal $${ stays", "any")).toBeNull();
  });

  it("finds the one mistake at the end of a long text", () => {
    const text = Array.from({ length: 200 }, (_, index) => `\${input.field${index} + ${index}}`).join(" ");
    expect(checkText("template", text, "any")).toBeNull();
    expect(checkText("template", `${text} \${1 +}`, "any")?.from).toBeGreaterThan(text.length);
  });
});

describe("where a path is put", () => {
  it("is bare in an expression and inside an open template, and wrapped between templates", () => {
    expect(writtenPath("expression", "a == ", 5, "input.email")).toBe("input.email");
    expect(writtenPath("template", "To ", 3, "input.email")).toBe("${input.email}");
    expect(writtenPath("template", "To ${", 5, "input.email")).toBe("input.email");
    expect(writtenPath("template", "To ${a} and ", 12, "input.email")).toBe("${input.email}");
    expect(writtenPath("template", "price $${", 9, "input.email")).toBe("${input.email}");
  });

  it("brings its quotes in JSON, unless it stands in a text already", () => {
    expect(writtenPath("json", '{"to": ', 7, "input.email")).toBe('"${input.email}"');
    expect(writtenPath("json", '{"to": "Dear ', 13, "input.email")).toBe("${input.email}");
  });

  it("sees braces inside a template as part of it", () => {
    expect(templatePlace("${ {'a': 1}.a", 13).inside).toBe(2);
    expect(templatePlace("${ {'a': 1}.a } b", 17).inside).toBeNull();
  });
});
