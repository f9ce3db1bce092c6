import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { projectRoot } from "@/scripts/db/project-files";
import { attack, type Attacked } from "./attacked.testkit";
import { extent, inParallel, report } from "./extent.testkit";

let target: Attacked;
beforeAll(async () => {
  target = await attack("pages");
});
afterAll(() => target.close());

const folder = join(projectRoot, "app", "(app)");
/** Every page behind the sign-in, with something in place of its parameters. */
const pages = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.name === "page.tsx")
  .map((entry) =>
    entry.parentPath
      .slice(folder.length)
      .replaceAll(/\([^)]*\)\//g, "")
      .replaceAll(/\[[^\]]+\]/g, "weekly-stock-check"),
  )
  .map((path) => (path === "" ? "/" : path));

const disguises: readonly ((path: string) => string)[] = [
  (path) => path,
  (path) => `${path}/`,
  (path) => `/.${path}`,
  (path) => `/x/..${path}`,
  (path) => `/${path}`,
  (path) => `/en${path}`,
  (path) => path.replace("/", "/%2e/"),
  (path) => path.replace("/", "/%252e%252e/"),
  (path) => `${path}%00`,
  (path) => `${path}.json`,
  (path) => `${path}.rsc`,
  (path) => `${path}?_rsc=1`,
  (path) => `${path};x=1`,
  (path) => path.toUpperCase(),
  (path) => `/_next/data/build${path}.json`,
  (path) => `${path}.segments/_tree.segment.rsc`,
];

const headers: readonly Record<string, string>[] = [
  {},
  { "x-middleware-subrequest": Array.from({ length: 6 }, () => "middleware").join(":") },
  { "x-middleware-subrequest": Array.from({ length: 6 }, () => "src/middleware").join(":") },
  { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
  { "x-middleware-override-headers": "cookie", "x-middleware-request-cookie": "holdpoint.session=1" },
  { rsc: "1" },
  { rsc: "1", "next-router-prefetch": "1" },
  { rsc: "1", "next-router-segment-prefetch": "/_tree" },
  { "next-action": "0".repeat(40) },
  { "x-forwarded-host": "localhost", "x-original-url": "/sign-in", "x-rewrite-url": "/sign-in" },
  { "x-invoke-path": "/sign-in", "x-matched-path": "/sign-in", "x-nextjs-data": "1" },
  { purpose: "prefetch", "x-real-ip": "127.0.0.1" },
];

it("S12 no header and no spelling of an address opens a page to somebody who is not signed in", async () => {
  expect(pages.length).toBeGreaterThan(5);
  const all = pages.flatMap((page) =>
    disguises.flatMap((disguise) => headers.map((each) => ({ path: disguise(page), headers: each }))),
  );
  const step = Math.ceil(all.length / extent(all.length, 200));
  const cases = all.filter((_, at) => at % step === 0);
  const { email } = target.product.credentials.users[0] ?? { email: "" };
  const opened: string[] = [];
  await inParallel(cases, 4, async ({ path, headers: given }) => {
    const { status, text } = await target.send("GET", path, { key: null, headers: given });
    const says = `${status} ${path} ${JSON.stringify(given)}`;
    if (status >= 500) opened.push(says);
    // 200 is the sign-in page, a public one, or a stream that holds nothing but the way there.
    const isPublic =
      /\/sign-in|NEXT_REDIRECT|NEXT_HTTP_ERROR_FALLBACK;404/.test(text) || new URL(path, "http://x").pathname === "/";
    if (status === 200 && !isPublic) opened.push(says);
    if (text.includes(email) && !/sign-in/.test(text)) opened.push(`${says} names ${email}`);
  });
  expect(opened).toEqual([]);
  report(`S12 pages: ${pages.length} pages, ${cases.length} combinations, 0 opened, 0 x 5xx`);
});
