import fc from "fast-check";
import { expect, it } from "vitest";
import { visiblePieces } from "./visible-text";
import { anyText } from "@/tests/any-text";

const shown = (text: string): string =>
  visiblePieces(text)
    .map((piece) => ("text" in piece ? piece.text : `[${piece.hidden}]`))
    .join("");

it.each([
  ["\u202e21000001-TCCA\u202c", "[U+202E]21000001-TCCA[U+202C]"],
  ["ACCT\u200b-1", "ACCT[U+200B]-1"],
  ["pay\u00adpal", "pay[U+00AD]pal"],
  ["a\u200db", "a[U+200D]b"],
  ["1\u2066 0\u2069", "1[U+2066] 0[U+2069]"],
  ["x\u{e0041}\u{e0042}", "x[U+E0041][U+E0042]"],
  ["\u3164", "[U+3164]"],
  ["a\u0007b\u009f", "a[U+0007]b[U+009F]"],
])("M3 H8 what cannot be seen is told: %j", (text, told) => {
  expect(shown(text)).toBe(told);
});

it.each([
  "ACCT-10000012",
  "Zoë & Đặng · 東京 — 50 €",
  "two\nlines\tand a tab",
  "👩\u200d👩\u200d👧, 👩🏽\u200d🚒, ❤\ufe0f\u200d🔥",
  "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
  "می\u200cخواهم",
  "क्\u200dष",
  "שלום 123",
])("leaves what people write as it is: %s", (text) => {
  expect(visiblePieces(text)).toEqual([{ text }]);
});

it("loses nothing else of any text", () => {
  fc.assert(
    fc.property(anyText(), (text) => {
      const whole = visiblePieces(text)
        .map((piece) =>
          "text" in piece ? piece.text : String.fromCodePoint(Number.parseInt(piece.hidden.slice(2), 16)),
        )
        .join("");
      expect(whole).toBe(text);
    }),
  );
});
