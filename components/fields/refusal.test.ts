import { describe, expect, it } from "vitest";
import { readFields } from "./form-field";
import { refusedAt } from "./refusal";

const fields = readFields({ properties: { seats: { type: "integer" }, meta: { type: "object" }, input: {} } });
const refused = (details: { path: string; message: string; severity?: string }[]) =>
  refusedAt(fields, { message: "Some answers are not valid.", data: { details } });

describe("A24 what the server says against answers", () => {
  it("stands at the fields, whichever way they were sent", () => {
    expect(
      refused([
        { path: "values.seats", message: "This must be a whole number." },
        { path: "values.meta.n[0]", message: "Too long." },
      ]),
    ).toEqual({ seats: "This must be a whole number.", meta: "n[0]: Too long." });
    expect(refused([{ path: "input.input", message: "Not now." }])).toEqual({ input: "Not now." });
  });

  it("what is about no field stands above the form, beside what is", () => {
    expect(
      refused([
        { path: "values.seats", message: "Too many." },
        { path: "values.gone", message: "There is no such field." },
        { path: "values", message: "Also this." },
      ]),
    ).toEqual({ seats: "Too many.", "": "Some answers are not valid. There is no such field." });
    expect(refused([])).toEqual({ "": "Some answers are not valid." });
    expect(refusedAt(fields, { message: "The server is away." })).toEqual({ "": "The server is away." });
  });

  it("advice refuses nothing", () => {
    expect(refused([{ path: "values.seats", message: "Many.", severity: "warning" }])).toEqual({
      "": "Some answers are not valid.",
    });
  });
});
