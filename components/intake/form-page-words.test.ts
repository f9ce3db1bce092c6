import { expect, it } from "vitest";
import { formPageWords } from "./form-page-words";

const at = "2026-11-20T10:00:00.000Z";
const organization = "Acme";

it.each([
  [{ state: "ahead" }, /not ready yet/],
  [{ state: "over" }, /no longer needed/],
  [{ state: "sent", title: "Details", at, schema: {}, values: {} }, /Thank you/],
  [{ state: "answered", title: "Details", at, by: "team" }, /Somebody at Acme has filled this in/],
  [{ state: "answered", title: "Details", at, by: "link" }, /Somebody with this link/],
  [{ state: "expired", title: "Details", at }, /time to answer has run out/],
] as const)("A2 a page with nothing to fill in says why: %j", (page, words) => {
  const { title, text } = formPageWords({ organization, ...page });
  expect(`${title} ${text}`).toMatch(words);
});
