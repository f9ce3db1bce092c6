import { expect, it } from "vitest";
import { csvLine } from "./csv";

it("A18 quotes what would break a line, and leaves nothing for a spreadsheet to calculate", () => {
  expect(csvLine(["a", "b,c", 'say "hi"', "two\nlines", null])).toBe('a,"b,c","say ""hi""","two\nlines",\r\n');
  for (const formula of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1", "|cmd"])
    expect(csvLine([formula]).replaceAll('"', "")).toBe(`'${formula}\r\n`);
  expect(csvLine(["2026-01-01", "a=b"])).toBe("2026-01-01,a=b\r\n");
});
