import { fileTypes } from "@/core/file-types";

const longest = 120;
/** Marks that change in which direction the letters around them read, and others that nobody sees. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/gu;
/** Letters that some file system or shell reads as something else. */
const unfit = /["*:<>?|`$;&%]/g;

/**
 * What a file is called here: the last part of what it was called, without marks that nobody sees, at most 120 letters. It ends as files of its
 * type do: `invoice.exe` that is a PDF becomes `invoice.exe.pdf`.
 */
export function fileName(given: string, type: string): string {
  const [last = ""] = given.normalize("NFC").replaceAll("\\", "/").split("/").slice(-1);
  const plain = last
    .replace(unseen, "")
    .replace(unfit, "_")
    .replace(/\s+/g, " ")
    .replace(/^[. ]+|[. ]+$/g, "");
  const [first, ...others] = fileTypes.find((each) => each.type === type)?.endings ?? [""];
  const ending = [first, ...others].find((each) => each !== "" && plain.toLowerCase().endsWith(each));
  const stem = ending === undefined ? plain : plain.slice(0, -ending.length);
  // Never through the middle of a letter that takes two places.
  const short = Array.from(stem)
    .slice(0, longest - (ending ?? first).length)
    .join("")
    .trim();
  return `${short === "" ? "file" : short}${ending ?? first}`;
}

/** The header under which a browser keeps or shows it, for names in any script (RFC 6266). */
export function disposition(how: "attachment" | "inline", name: string): string {
  const plain = name.replace(/[^\w .-]/g, "_");
  const coded = encodeURIComponent(name).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${how}; filename="${plain}"; filename*=UTF-8''${coded}`;
}
