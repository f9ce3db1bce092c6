import { describe, expect, it, test } from "vitest";
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
    ["the euro sign of windows-1252", latin1("5 \x80"), "text/plain; charset=windows-1252", "text", "5 €"],
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
  ])("%s", async (_what, bytes, type, kind, value) => {
    expect(await decodeBody(bytes, type)).toEqual({ ok: true, kind, value, warnings: [] });
  });

  it.each([
    ["JSON", utf8('{"a\\u0000":"x\\u0000y\\ud800z"}'), "application/json", { a: "xy\ufffdz" }],
    ["a form", utf8("b=x%00y"), "application/x-www-form-urlencoded", { b: "xy" }],
    ["text", utf8("x\0y"), "text/plain; charset=utf-8", "xy"],
    [
      "a payload in a form",
      utf8(`payload=${encodeURIComponent('{"a":"x\\u0000"}')}`),
      "application/x-www-form-urlencoded",
      { payload: { a: "x" } },
    ],
  ])("says so when NUL and halves of characters had to go: %s", async (_what, bytes, type, value) => {
    expect(await decodeBody(bytes, type)).toMatchObject({
      ok: true,
      value,
      warnings: [expect.stringContaining("NUL was left out")],
    });
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

describe("forms and texts in a character set of their own", () => {
  const form = "application/x-www-form-urlencoded";
  const bytesOf = (...parts: (string | number[])[]): Uint8Array =>
    Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part, "latin1")] : part)));
  const part = (name: string, value: string, more = ""): string =>
    `--x\r\nContent-Disposition: form-data; name="${name}"\r\n${more}\r\n${value}\r\n`;
  const multipart = "multipart/form-data; boundary=x";

  test.each<[string, Uint8Array, string, unknown]>([
    ["raw Latin-1", bytesOf("n\xe9e=Jos\xe9+M%FCller"), `${form}; charset=iso-8859-1`, { née: "José Müller" }],
    ["raw windows-1252", bytesOf("p=5 \x80"), `${form}; charset=windows-1252`, { p: "5 €" }],
    ["raw Shift_JIS", bytesOf("d=", [0x93, 0xfa, 0x83, 0x5c]), `${form}; charset=shift_jis`, { d: "日ソ" }],
    ["encoded Shift_JIS", bytesOf("d=%93%FA%83%5C"), `${form}; charset=Shift_JIS`, { d: "日ソ" }],
    ["half encoded Shift_JIS", bytesOf("d=%93\xfa"), `${form}; charset=Shift_JIS`, { d: "日" }],
    ["raw UTF-8", bytesOf("n=Jos\xc3\xa9"), form, { n: "José" }],
    ["UTF-8 after its mark", bytesOf("\xef\xbb\xbfn=1\r\n"), form, { n: "1" }],
    ["what _charset_ names", bytesOf("n=Jos%E9&_charset_=iso-8859-1"), form, { n: "José", _charset_: "iso-8859-1" }],
    [
      "the content type before _charset_",
      bytesOf("_charset_=iso-8859-1&n=%C3%A9"),
      `${form}; charset=utf-8`,
      { _charset_: "iso-8859-1", n: "é" },
    ],
    ["UTF-16", Uint8Array.from(Buffer.from("\ufeffn=é&m=%C3%A9", "utf16le")), form, { n: "é", m: "é" }],
    ["a lone percent", bytesOf("n=100%&m=%zz"), form, { n: "100%", m: "%zz" }],
    ["multipart", bytesOf(part("n", "Jos\xe9"), "--x--\r\n"), `${multipart}; charset=iso-8859-1`, { n: "José" }],
    [
      "multipart by its parts",
      bytesOf(
        part("n", "\x93\xfa", "Content-Type: text/plain; charset=Shift_JIS\r\n"),
        part("m", "\xc3\xa9"),
        "--x--\r\n",
      ),
      multipart,
      { n: "日", m: "é" },
    ],
    [
      "multipart by _charset_",
      bytesOf(part("_charset_", "windows-1252"), part("n", "5 \x80"), "--x--\r\n"),
      multipart,
      { _charset_: "windows-1252", n: "5 €" },
    ],
  ])("%s", async (_, bytes, type, value) => {
    expect(await decodeBody(bytes, type, { strict: true })).toMatchObject({ ok: true, kind: "form", value });
  });

  test.each<[string, Uint8Array, string]>([
    ["JSON", Uint8Array.from(Buffer.from('\ufeff{"n":"é"}', "utf16le")), "application/json"],
    ["JSON", Uint8Array.from(Buffer.from('\ufeff{"n":"é"}', "utf16le").swap16()), "application/json; charset=utf-16"],
    ["JSON", Uint8Array.from(Buffer.from('{"n":"é"}', "utf16le").swap16()), "application/json; charset=utf-16"],
    ["JSON", Uint8Array.from(Buffer.from('{"n":"é"}', "utf16le")), "application/json; charset=utf-16le"],
  ])("%s in UTF-16, with and without its mark", async (_, bytes, type) => {
    expect(await decodeBody(bytes, type, { strict: true })).toMatchObject({ ok: true, value: { n: "é" } });
  });

  test.each<[string, Uint8Array, string, string]>([
    ["a broken pair in a form", bytesOf("d=", [0x93]), `${form}; charset=shift_jis`, "broken_text"],
    ["a raw byte that is no UTF-8", bytesOf("n=Jos\xe9"), form, "broken_text"],
    ["a form in an unknown character set", bytesOf("n=a"), `${form}; charset=klingon`, "unknown_charset"],
    ["a form whose _charset_ nobody knows", bytesOf("n=a&_charset_=klingon"), form, "unknown_charset"],
    ["JSON in an unknown character set", bytesOf("{}"), "application/json; charset=klingon", "unknown_charset"],
    [
      "a part in an unknown character set",
      bytesOf(part("n", "a", "Content-Type: text/plain; charset=klingon\r\n"), "--x--\r\n"),
      multipart,
      "unknown_charset",
    ],
    ["half a character of UTF-16", bytesOf("\xff\xfe{\x00}"), "application/json", "broken_text"],
  ])("%s is refused", async (_, bytes, type, code) => {
    expect(await decodeBody(bytes, type, { strict: true })).toMatchObject({ ok: false, code });
  });
});
