import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { CallbackNews, callbackWords } from "./callback-news";

it("a run says whether the address it was started with heard of its end", () => {
  expect(callbackWords("delivered", 1)).toBe("The callback address was told of this run’s end.");
  expect(callbackWords("delivered", 3)).toBe("The callback address was told of this run’s end, after 3 tries.");
  expect(callbackWords("failed", 1)).toContain("after 1 try. It is tried again by itself");
  const shown = renderToStaticMarkup(
    <CallbackNews
      call={{
        event: "run.completed",
        status: "dead",
        attempts: 7,
        lastError: "It answered 503.",
        createdAt: "2026-11-29T10:00:00.000Z",
        deliveredAt: null,
      }}
    />,
  );
  expect(shown).toContain("given up after 7 tries");
  expect(shown).toContain("It answered 503.");
});
