import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { SchemaForm } from "./schema-form";

const schema = {
  type: "object",
  description: "We need this to find your order.",
  required: ["order", "terms"],
  properties: {
    order: { type: "string", title: "Order number" },
    terms: { type: "boolean", const: true, default: true, title: "I agree to the terms" },
  },
};

function drawn(details: { path: string; message: string }[] | null): string {
  const problem = details === null ? null : { message: "Some answers are missing or not valid.", data: { details } };
  return renderToStaticMarkup(
    <SchemaForm
      schema={schema}
      submitLabel="Send"
      busy={false}
      problem={problem}
      keepAs="test"
      onSubmit={() => null}
    />,
  );
}

it("A40 the introduction stands above the questions", () => {
  const html = drawn(null);
  expect(html.indexOf("We need this to find your order.")).toBeGreaterThan(0);
  expect(html.indexOf("We need this to find your order.")).toBeLessThan(html.indexOf("Order number"));
});

it("A20 consent is not ticked in advance", () => {
  expect(drawn(null)).toMatch(/<input type="checkbox"[^>]*name="terms"/);
  expect(drawn(null)).not.toMatch(/checked/);
});

it("A24 what the server refuses stands at its field, and not above the form", () => {
  const html = drawn([{ path: "values.order", message: "There is no such order." }]);
  expect(html).toContain("There is no such order.");
  expect(html).toMatch(/<input[^>]*aria-invalid="true"[^>]*name="order"/);
  expect(html).not.toContain("Some answers are missing or not valid.");
  expect(drawn([])).toContain("Some answers are missing or not valid.");
});
