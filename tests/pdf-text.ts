import { inflateSync } from "node:zlib";

/** The text of each page of a PDF of ours, as a reader would copy it: through the fonts' own tables of letters. */
export function pdfPages(bytes: Buffer): string[] {
  const objects = new Map(
    [...bytes.toString("latin1").matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id = "", body = ""]) => [
      id,
      body,
    ]),
  );
  const at = (id: string | undefined) => objects.get(id ?? "") ?? "";
  const letters = new Map<string, ReadonlyMap<string, string>>();
  const lettersOf = (font: string): ReadonlyMap<string, string> => {
    const known = letters.get(font) ?? readLetters(streamOf(at(refIn(at(font), "ToUnicode"))));
    letters.set(font, known);
    return known;
  };
  return [...objects.values()]
    .filter((body) => /\/Type \/Page\b(?!s)/.test(body))
    .map((page) => {
      const resources = at(refIn(page, "Resources"));
      const fonts = new Map([...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = "", id = ""]) => [name, id]));
      return readText(streamOf(at(refIn(page, "Contents"))), (name) => lettersOf(fonts.get(name) ?? ""));
    });
}

function refIn(body: string, key: string): string | undefined {
  return new RegExp(`/${key} (\\d+) 0 R`).exec(body)?.[1];
}

function streamOf(body: string): string {
  const data = /stream\n([\s\S]*?)\nendstream/.exec(body)?.[1] ?? "";
  if (data === "") return "";
  const bytes = Buffer.from(data, "latin1");
  return (body.includes("/FlateDecode") ? inflateSync(bytes) : bytes).toString("latin1");
}

/** Glyph to letters, of a table that gives a row of letters for a range of glyphs. */
function readLetters(map: string): ReadonlyMap<string, string> {
  const letters = new Map<string, string>();
  for (const [, from = "", row = ""] of map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi))
    [...row.matchAll(/<([^>]*)>/g)].forEach(([, code = ""], index) =>
      letters.set(
        (Number.parseInt(from, 16) + index).toString(16).padStart(4, "0"),
        Buffer.from(code.replaceAll(" ", ""), "hex").swap16().toString("utf16le"),
      ),
    );
  return letters;
}

/** Pieces at one height stand in one line. */
function readText(content: string, lettersOf: (font: string) => ReadonlyMap<string, string>): string {
  let letters: ReadonlyMap<string, string> = new Map();
  let text = "";
  let height: string | undefined;
  for (const [, font, shown, at] of content.matchAll(
    /\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ|1 0 0 1 [\d.]+ ([\d.]+) Tm/g,
  )) {
    if (font !== undefined) letters = lettersOf(font);
    if (at !== undefined && at !== height) text += "\n";
    height = at ?? height;
    for (const [, glyphs = ""] of (shown ?? "").matchAll(/<([0-9a-f]*)>/gi))
      text += (glyphs.match(/.{4}/g) ?? []).map((glyph) => letters.get(glyph.toLowerCase()) ?? "").join("");
  }
  return text;
}
