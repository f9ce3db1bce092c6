import { describe, expect, it } from "vitest";
import { decodeBody } from "./decode-body";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "latin1"));

describe("K1 a body is read as it is declared", () => {
  it.each<[what: string, bytes: Uint8Array, type: string, kind: string, value: unknown]>([
    ["nothing", utf8(""), "application/json", "empty", null],
    ["only spaces", utf8(" \n"), "application/json", "empty", null],
    ["a mark before JSON", Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8('{"id":7}')), "application/json", "json", { id: 7 }],
    ["a mark before text", Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8("x")), "text/plain", "text", "x"],
    ["Latin-1 JSON", latin1('{"name":"José"}'), "application/json; charset=ISO-8859-1", "json", { name: "José" }],
    ["Latin-1 text", latin1("José"), 'text/plain; charset="latin1"', "text", "José"],
    ["UTF-16 with a mark", Uint8Array.from(Buffer.from("\ufeff{}", "utf16le")), "application/json", "json", {}],
    ["Japanese", Uint8Array.of(0x93, 0xfa), "text/plain; charset=Shift_JIS", "text", "日"],
    [
      "XML that names its own",
      latin1('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>'),
      "text/xml",
      "text",
      '<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>',
    ],
    ["a suffix", utf8('{"a":1}'), "application/hal+json", "json", { a: 1 }],
    ["a header sent twice", utf8("[1]"), "application/json, application/json", "json", [1]],
    ["undeclared JSON", utf8('{"a":1}'), "", "json", { a: 1 }],
    ["undeclared text", utf8("{oops"), "", "text", "{oops"],
    ["JSON declared as text", utf8('{"a":1}'), "text/plain", "json", { a: 1 }],
    ["a page that begins like JSON", utf8("[1]"), "text/html", "text", "[1]"],
    [
      "an image",
      Uint8Array.of(0x89, 0x50, 0, 1),
      "image/png",
      "binary",
      { base64: "iVAAAQ==", type: "image/png", size: 4 },
    ],
    [
      "undeclared bytes",
      Uint8Array.of(0, 1, 2),
      "",
      "binary",
      { base64: "AAEC", type: "application/octet-stream", size: 3 },
    ],
    [
      "a form",
      utf8("a=1&b=x+y&a=2&c%5B%5D=3&d"),
      "application/x-www-form-urlencoded",
      "form",
      { a: ["1", "2"], b: "x y", c: ["3"], d: "" },
    ],
    [
      "a form in Latin-1",
      utf8("n=Jos%E9"),
      "application/x-www-form-urlencoded; charset=iso-8859-1",
      "form",
      { n: "José" },
    ],
    [
      "a payload in a form",
      utf8(`payload=${encodeURIComponent('{"id":1}')}`),
      "application/x-www-form-urlencoded",
      "form",
      { payload: { id: 1 } },
    ],
    ["NUL and halves", utf8('{"a\\u0000":"x\\u0000y\\ud800z"}'), "application/json", "json", { a: "xy\ufffdz" }],
  ])("%s", async (_what, bytes, type, kind, value) => {
    expect(await decodeBody(bytes, type)).toEqual({ ok: true, kind, value, warnings: [] });
  });

  it("multipart gives fields, and files with their bytes", async () => {
    const form = new FormData();
    form.append("who", "Zoë");
    form.append("tag", "a");
    form.append("tag", "b");
    form.append("scan", new Blob([Uint8Array.of(1, 2)], { type: "image/png" }), "scan.png");
    const sent = new Response(form);
    const type = sent.headers.get("content-type") ?? "";
    expect(await decodeBody(new Uint8Array(await sent.arrayBuffer()), type)).toMatchObject({
      kind: "form",
      value: {
        who: "Zoë",
        tag: ["a", "b"],
        scan: { base64: "AQI=", type: "image/png", size: 2, name: "scan.png" },
      },
    });
  });

  it.each([
    ["broken JSON", utf8("{oops"), "application/json", "not_json"],
    ["a page declared as JSON", utf8("<html>Sign in</html>"), "application/json", "not_json"],
    ["an unknown character set", Uint8Array.of(0xff), "text/plain; charset=klingon", "unknown_charset"],
    ["levels without end", utf8(`${"[".repeat(5000)}${"]".repeat(5000)}`), "application/json", "too_deep"],
    ["parts without a boundary", utf8("x"), "multipart/form-data", "broken_form"],
    ["a number beyond all numbers", utf8('{"a":{"b":[1e400]}}'), "application/json", "number_too_large"],
  ])("refused by name: %s", async (_what, bytes, type, code) => {
    expect(await decodeBody(bytes, type)).toMatchObject({ ok: false, code });
  });

  it("says so when characters are not what was declared, and refuses them when asked to", async () => {
    const bytes = latin1('{"n":"é"}');
    expect(await decodeBody(bytes, "application/json")).toMatchObject({
      value: { n: "é" },
      warnings: [expect.stringContaining("Western European")],
    });
    expect(await decodeBody(bytes, "application/json; charset=utf-8")).toMatchObject({
      value: { n: "\ufffd" },
      warnings: [expect.stringContaining("not utf-8")],
    });
    expect(await decodeBody(utf8('"\ufffd"'), "application/json")).toMatchObject({ value: "\ufffd", warnings: [] });
    for (const type of ["application/json", "application/json; charset=utf-8"])
      expect(await decodeBody(bytes, type, { strict: true })).toMatchObject({ ok: false, code: "broken_text" });
  });

  it("K3 keeps the digits of numbers that cannot be calculated with, and says where", async () => {
    expect(await decodeBody(utf8('{"id":8202522731445525542,"n":1}'), "application/json")).toMatchObject({
      value: { id: "8202522731445525542", n: 1 },
      warnings: [expect.stringContaining("at id")],
    });
  });
});
