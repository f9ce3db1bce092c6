interface Header {
  key: string;
  value: string;
}

/** On every answer, of pages and of the API alike. */
export const everyAnswer: readonly Header[] = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  // Links to customers carry a token in their path: it must not leave the site in a Referer header.
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=(), usb=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  // Browsers heed this over https only.
  { key: "Strict-Transport-Security", value: "max-age=31536000; includeSubDomains" },
];

/** On pages behind a personal link: no search engine keeps them, and nothing on the way learns the address. */
export const linkAnswer: readonly Header[] = [
  { key: "Cache-Control", value: "no-store" },
  { key: "Referrer-Policy", value: "no-referrer" },
  { key: "X-Robots-Tag", value: "noindex, nofollow, noarchive" },
];

/** Pages get their content policy, with a nonce, from proxy.ts; what the API answers is never a document. */
export const apiAnswer: readonly Header[] = [
  { key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" },
];
