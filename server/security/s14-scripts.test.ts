import { chromium, type Browser } from "@playwright/test";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { findOrInstallChromium } from "@/scripts/test/chromium";
import { attack, type Attacked } from "./attacked.testkit";
import { extent, openInFlight, report, type InFlight } from "./extent.testkit";
import { payloads, shapeCount } from "./payloads.testkit";
import { actingOnNaivePages } from "./naive-page.testkit";
import { poison, type Sheet } from "./poison.testkit";
import { glancesAround, glancesAt, type Glance } from "./screens.testkit";
import { forbidsInlineScript, watch, type Watch } from "./watched-page.testkit";

const perSheet = 30;
const browsersAtOnce = 2;
let target: Attacked;
let browser: Browser;

beforeAll(async () => {
  target = await attack("scripts");
  // With a mailbox of its own.
  await target.rows("update organizations set is_demo = true where id = $1", [target.organization.id]);
  const executablePath = findOrInstallChromium();
  browser = await chromium.launch({
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
});
afterAll(async () => {
  await browser.close();
  await target.close();
});

it("S14 the payloads are many and different, and run where nothing is done against them", async () => {
  const tried = payloads(extent(300, 13));
  expect(new Set(tried.map(({ text }) => text)).size).toBe(tried.length);
  const policy = (await target.send("GET", "/sign-in", { key: null })).headers.get("content-security-policy") ?? "";
  expect(forbidsInlineScript(policy)).toBe(true);
  const bare = await actingOnNaivePages(browser, "", tried);
  const guarded = await actingOnNaivePages(browser, policy, tried);
  expect(bare.acting.size).toBeGreaterThan(tried.length / 3);
  expect([...guarded.executed]).toEqual([]);
  report(
    `S14 control: of ${tried.length} payloads (${shapeCount} shapes), ${bare.acting.size} act on a page that does nothing against them, ${bare.executed.size} as scripts; under the product's policy ${guarded.executed.size}`,
  );
});

it("S14 H4 whatever stands in a text, no screen executes it, loads it or links to it", async () => {
  const tried = payloads(extent(300, perSheet));
  const sheets: Sheet[] = [];
  for (let from = 0; from < tried.length; from += perSheet)
    sheets.push(
      await poison(target, inject("outsider"), `sheet-${from / perSheet}`, tried.slice(from, from + perSheet)),
    );
  const log = openInFlight("s14-scripts");
  const glances = [
    ...sheets.flatMap((sheet) => glancesAt(sheet, tried)),
    ...glancesAround(tried.slice(0, extent(13, 2))),
  ];
  const watches = await Promise.all(Array.from({ length: browsersAtOnce }, () => lookAtAll(glances, log)));
  const shown = watches.flatMap((watched) => watched.shown);
  for (const { path, texts } of shown) log.answered(-1, `${path} shows ${texts.length} of them`);
  expect(watches.flatMap(({ found }) => found)).toEqual([]);
  log.close();
  // Looked at where they are, and all of them: a screen that shows none of them proves nothing.
  const empty = shown.filter(({ texts }) => texts.length === 0);
  expect(empty.map(({ path }) => path)).toEqual([]);
  const seen = new Set(shown.flatMap(({ texts }) => texts));
  expect(tried.filter(({ at }) => !seen.has(at))).toEqual([]);
  const refused = [...new Map(sheets.flatMap((sheet) => [...sheet.refused]))];
  const sum = (count: (watched: Watch) => number): number => watches.reduce((total, each) => total + count(each), 0);
  report(
    `S14 scripts: ${tried.length} payloads, ${sum(({ pages }) => pages)} screens, ${sum(({ links }) => links)} addresses looked at: 0 executed, 0 requests elsewhere`,
  );
  report(`S14 refused: ${refused.map(([door, words]) => `${door} (${words})`).join("; ")}`);
});

/** One browser of the owner's, which takes what is left of these until none is. */
async function lookAtAll(glances: Glance[], log: InFlight): Promise<Watch> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies([{ ...cookieOf(target.organization.members.owner.cookie), url: target.product.baseUrl }]);
  const watched = await watch(context, target.product.baseUrl, log);
  const page = await context.newPage();
  for (let next = glances.shift(); next; next = glances.shift()) await next(watched, page);
  await context.close();
  return watched;
}

function cookieOf(text: string): { name: string; value: string } {
  const at = text.indexOf("=");
  return { name: text.slice(0, at), value: text.slice(at + 1) };
}
