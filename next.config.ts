import type { NextConfig } from "next";

const everywhere = [
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
const apiOnly = [{ key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" }];

const nextConfig: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ["pg", "pino", "inngest", "@prisma/client", "@prisma/adapter-pg", "nodemailer", "undici"],
  // `npm run check` compiles the whole project with the same settings; a build would only do it a second time.
  typescript: { ignoreBuildErrors: true },
  headers: () =>
    Promise.resolve([
      { source: "/:path*", headers: everywhere },
      { source: "/api/:path*", headers: apiOnly },
    ]),
};

export default nextConfig;
