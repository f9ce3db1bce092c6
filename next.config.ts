import type { NextConfig } from "next";
import { apiAnswer, everyAnswer, linkAnswer } from "./server/web/security-headers";

const nextConfig: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: [
    "pg",
    "pdfkit",
    "fontkit",
    "pino",
    "inngest",
    "@prisma/client",
    "@prisma/adapter-pg",
    "nodemailer",
    "piscina",
    "undici",
  ],
  // No picture here needs resizing, and the optimizer would fetch what a caller names.
  images: { unoptimized: true },
  // `npm run check` compiles the whole project with the same settings; a build would only do it a second time.
  typescript: { ignoreBuildErrors: true },
  headers: () =>
    Promise.resolve([
      { source: "/:path*", headers: [...everyAnswer] },
      { source: "/d/:path*", headers: [...linkAnswer] },
      { source: "/r/:path*", headers: [...linkAnswer] },
      { source: "/api/:path*", headers: [...apiAnswer] },
    ]),
};

export default nextConfig;
