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

/** Pages get their content policy, with a nonce, from proxy.ts; what the API answers is never a document. */
export const apiAnswer: readonly Header[] = [
  { key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" },
];
