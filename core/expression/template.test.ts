import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "@/core/json";
import { renderTemplate } from "@/core/expression/template";
import { parseTemplate } from "@/core/expression/template-syntax";
import { testScope } from "@/core/expression/expression-scope.fixture";

const scope = testScope();

describe("renderTemplate", () => {
  it.each<[Json, Json]>([
    ["${trigger.items}", [{ price: 1 }, { price: 2.5 }]],
    ["${amount}", 5],
    ["Upgrade ${trigger.email} to Enterprise", "Upgrade sari@acme.com to Enterprise"],
    ["${amount} → ${amount * 2}", "5 → 10"],
    ["plan: ${trigger.plan}.", "plan: ."],
    ["items: ${trigger.items}", 'items: [{"price":1},{"price":2.5}]'],
    ["at ${env.now}", "at 2026-11-20T09:30:00.000Z"],
    ["$${not.filled}", "${not.filled}"],
    ["costs $${amount} or $5", "costs ${amount} or $5"],
    ["${ {'a': '}'}.a }", "}"],
    ["${'${'}", "${"],
    ["${r'\\d}'}", "\\d}"],
    [
      { list: ["${amount}", 2, null, true], "${key}": "kept" },
      { list: [5, 2, null, true], "${key}": "kept" },
    ],
    ["", ""],
  ])("%j", (template, value) => {
    expect(renderTemplate(template, scope)).toEqual({ ok: true, value, warnings: [], missing: [] });
  });

  it("K-24 fills an object of templates and keeps its shape", () => {
    const result = renderTemplate({ applicant: { verdict: "${step.kyc.output.ktpBundle.verdict}" }, level: 2 }, scope);
    expect(result).toMatchObject({ ok: true, value: { applicant: { verdict: "passed" }, level: 2 } });
  });

  it("makes a missing value null with a warning, and empty inside longer text", () => {
    const result = renderTemplate({ headers: { "X-Trace-Id": "${trigger.traceId}" }, text: ["<${nope}>"] }, scope);
    expect(result).toMatchObject({
      ok: true,
      value: { headers: { "X-Trace-Id": null }, text: ["<>"] },
      missing: ["headers.X-Trace-Id", "text[0]"],
    });
    expect(result.ok && result.warnings).toEqual([
      expect.stringContaining("trigger.traceId"),
      expect.stringContaining("nope"),
    ]);
  });

  it("percent-encodes what goes into a URL", () => {
    const odd = testScope({ input: { id: "a/b c?d=é&e", half: "\uD800" } });
    expect(renderTemplate("/customers/${id}/x", odd, { forUrl: true })).toMatchObject({
      value: "/customers/a%2Fb%20c%3Fd%3D%C3%A9%26e/x",
    });
    expect(renderTemplate("/x?q=${id}&n=${1 + 1}&none=${nope}", odd, { forUrl: true })).toMatchObject({
      value: "/x?q=a%2Fb%20c%3Fd%3D%C3%A9%26e&n=2&none=",
    });
    expect(renderTemplate("/${half}", odd, { forUrl: true })).toMatchObject({ value: "/%EF%BF%BD" });
  });

  it.each([
    ["${amount", "not closed"],
    ["a ${'b}", "not closed"],
    ["${amount +}", "cannot be read"],
    ["${shout(1)}", "no function"],
    ["${}", "empty"],
  ])("refuses %s", (template, words) => {
    expect(renderTemplate({ field: template }, scope)).toMatchObject({
      ok: false,
      error: { code: "bad_expression", message: expect.stringContaining(words) },
    });
  });

  it("leaves any value without templates as it is", () => {
    const plain = fc.jsonValue().filter((value) => !/\$\{|__proto__|constructor|prototype/.test(JSON.stringify(value)));
    fc.assert(
      fc.property(plain, (value) => {
        const json: Json = JSON.parse(JSON.stringify(value));
        expect(renderTemplate(json, scope)).toEqual({ ok: true, value: json, warnings: [], missing: [] });
      }),
    );
  });

  it("gives back any text when its ${ are doubled, and any text that is filled in", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, value) => {
        // A dollar right before the template would make it a literal.
        const literal = `${before.replaceAll("${", "")}_`;
        expect(renderTemplate(`${literal}\${v}`, testScope({ input: { v: value } }))).toMatchObject({
          value: literal + value,
        });
        expect(renderTemplate("$${" + value, scope)).toMatchObject(value.includes("${") ? {} : { value: "${" + value });
      }),
    );
  });
});

it("parseTemplate tells where the expressions are", () => {
  expect(parseTemplate("a ${x} b")).toEqual({
    ok: true,
    parts: [
      { kind: "text", text: "a " },
      { kind: "expression", source: "x", at: 2 },
      { kind: "text", text: " b" },
    ],
  });
  expect(parseTemplate("a ${x")).toMatchObject({ ok: false, at: 2 });
});

it("R11 a value of more expressions than are read at once is refused before any is read", () => {
  const result = renderTemplate(
    Array.from({ length: 5_001 }, (_, at) => `\${nothing${at}`),
    scope,
  );
  expect(result).toMatchObject({ ok: false, error: { code: "expression_limit" } });
  expect(JSON.stringify(result)).toContain("more than 5,000 expressions");
});
