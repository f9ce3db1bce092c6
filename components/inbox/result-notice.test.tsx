import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { needsSignIn } from "./no-answer-words";
import { ResultNotice } from "./result-notice";

test.each([
  [{ data: { appCode: "unauthenticated" } }, true],
  [{ data: { appCode: "forbidden" } }, false],
  [{ data: null }, false],
  [{}, false],
])("A28 %j: sign in again %s", (error, needed) => {
  expect(needsSignIn(error)).toBe(needed);
});

test("A28 whose sign-in has ended signs in beside the page that has their words; nobody else is sent away", () => {
  const said = { tone: "failed", sentence: "Your session has ended. Sign in again." } as const;
  const markup = renderToStaticMarkup(<ResultNotice result={{ ...said, needsSignIn: true }} />);
  expect(markup).toMatch(/<a href="\/sign-in" target="_blank"/);
  expect(markup).toContain("What you wrote stays here");
  expect(renderToStaticMarkup(<ResultNotice result={said} />)).not.toContain("<a");
});
