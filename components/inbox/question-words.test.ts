import { expect, it } from "vitest";
import { waitingWords } from "./question-words";

it("row 12 says what an unanswered question waits for, to each reader", () => {
  const to = { to: "Jane" };
  expect(waitingWords({ status: "info_requested", mayAnswer: false }, to)).toBe(
    "Jane has not answered yet. Its time stands still until then.",
  );
  expect(waitingWords({ status: "info_requested", mayAnswer: true }, to)).toBe(
    "Your answer is waited for. Its time stands still until then.",
  );
  expect(waitingWords({ status: "approved", mayAnswer: false }, to)).toBe("It was over before the answer came.");
});
