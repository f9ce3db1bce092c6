export type CheckedUrl = { ok: true; url: URL } | { ok: false; message: string };

const protocols = new Set(["http:", "https:"]);
const maxUrlLength = 8192;

/**
 * Whether this text is a URL that we call at all. The WHATWG parser canonicalises it (decimal, octal and hex hosts become
 * dotted ones), and the same parsed URL is what is connected to, so that check and use cannot disagree.
 */
export function checkUrl(text: string): CheckedUrl {
  if (text.length > maxUrlLength) return refuse(`The URL is longer than ${String(maxUrlLength)} characters.`);
  if (/[\u0000-\u001f\u007f]/.test(text))
    return refuse("The URL contains control characters. Remove line breaks and tabs.");
  if (!URL.canParse(text))
    return refuse("This is not a complete URL. Write it with its scheme, for example https://api.example.com/v1.");
  const url = new URL(text);
  if (!protocols.has(url.protocol)) return refuse(`"${url.protocol}//" cannot be called. Use http:// or https://.`);
  if (url.username !== "" || url.password !== "") {
    return refuse(
      "The URL contains a user name or password. Leave them out: an address is shown to people and kept in logs.",
    );
  }
  if (url.hostname === "" || url.hostname === ".") return refuse("The URL has no host.");
  return { ok: true, url };
}

function refuse(message: string): CheckedUrl {
  return { ok: false, message };
}
