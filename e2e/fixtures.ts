import { test as base, expect } from "@playwright/test";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "@playwright/test";
import { z } from "zod";
import { attachInstance, startInstance } from "@/tests/instance";
import type { Instance } from "@/tests/instance";
import { restClient, type RestClient } from "./rest";
import { borrowContext, keptContexts, takeBackContexts, type Session } from "./windows";

export { expect };

export type Product = Omit<Instance, "stop">;

interface WorkerFixtures {
  /**
   * The running product: address, demo sign-ins, processes. Each of Playwright's workers starts one of its own, so that a test may kill
   * its processes, switch what is everybody's and count what is in a list: no other test is running there.
   */
  product: Product;
}

interface TestFixtures {
  /** Its REST API, as the demo's owner. */
  rest: RestClient;
  /** Every window that a test opened is closed at its end: an open page keeps listening, and slows the tests that follow. */
  windowsClosed: undefined;
  /**
   * A window of the owner that is kept from test to test, for tests that only look: what it has fetched and compiled serves all of them.
   * It is as wide, and as light or dark, as the options say; there is one for each.
   */
  ownersWindow: (options: BrowserContextOptions) => Promise<Page>;
}

/** Import `test` from here: it knows the running product. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  product: [
    // Playwright reads the names of what a fixture needs from the first parameter, which therefore must be a pattern.
    async ({}, use) => {
      const running = process.env.HOLDPOINT_E2E_DATA_DIR;
      if (running) return use(attachInstance(running));
      // Webhook receivers of the tests listen on this machine.
      const instance = await startInstance({ TZ: "Asia/Kathmandu", HOLDPOINT_ALLOW_PRIVATE_HOSTS: "127.0.0.1" });
      await use(instance);
      await instance.stop();
    },
    // It may build first, which takes a minute or two; this ends a hang.
    { scope: "worker", timeout: 900_000 },
  ],
  baseURL: async ({ product }, use) => {
    await use(product.baseUrl);
  },
  rest: async ({ product }, use) => {
    await use(restClient(product, product.credentials.apiKey));
  },
  windowsClosed: [
    async ({ browser }, use) => {
      await use(undefined);
      const kept = keptContexts();
      const opened = browser.contexts().filter((context) => !kept.has(context) && !lookedThrough.has(context));
      await Promise.all([...opened.map((context) => context.close()), takeBackContexts()]);
    },
    { auto: true },
  ],
  ownersWindow: async ({ browser, product }, use) => {
    const used: Page[] = [];
    await use(async (options) => {
      const page = await keptWindow(browser, product, options);
      used.push(page);
      return page;
    });
    // Nothing of it goes on while the next test looks at something else.
    await Promise.all(used.map((page) => page.goto("about:blank")));
  },
});

/** Signs one of the demo people in through the sign-in page. */
export async function signIn(page: Page, product: Product, email: string): Promise<void> {
  const user = product.credentials.users.find((each) => each.email === email);
  if (!user) throw new Error(`demo-credentials.json has no ${email}`);
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(user.email);
  await page.getByLabel("Password", { exact: true }).fill(user.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

/** The sign-in link that is good at this moment: each one is good once. */
export function demoLink(product: Product): string {
  const link = attachInstance(product.dataDir).credentials.signInUrl;
  if (link === undefined) throw new Error("demo-credentials.json has no sign-in link.");
  return link;
}

const lookedThrough = new WeakSet<BrowserContext>();
const keptPages = new Map<string, Promise<Page>>();

function keptWindow(browser: Browser, product: Product, options: BrowserContextOptions): Promise<Page> {
  const key = JSON.stringify(options);
  const page = keptPages.get(key) ?? openKept(browser, product, options);
  keptPages.set(key, page);
  return page;
}

async function openKept(browser: Browser, product: Product, options: BrowserContextOptions): Promise<Page> {
  const session = await sessionOf(browser, product, "owner@holdpoint.test");
  const context = await browser.newContext({ ...options, storageState: session });
  lookedThrough.add(context);
  return context.newPage();
}

/** A sign-in per person and instance serves many tests, while sensitive acts do not ask for the password again. */
const sessions = new Map<string, { session: Promise<Session>; goodUntil: number }>();
const provenForMs = 10 * 60_000;

/** A browser window of their own for one of the demo people, signed in. */
export async function windowOf(
  browser: Browser,
  product: Product,
  email: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const session = await sessionOf(browser, product, email);
  const context = await borrowContext(browser, email, { origin: product.baseUrl, session, options });
  return context.newPage();
}

function sessionOf(browser: Browser, product: Product, email: string): Promise<Session> {
  const key = `${product.baseUrl} ${email}`;
  const known = sessions.get(key);
  const now = Date.now();
  const session = known && known.goodUntil > now ? known.session : openSession(browser, product, email);
  if (session !== known?.session) sessions.set(key, { session, goodUntil: now + provenForMs });
  return session;
}

async function openSession(browser: Browser, product: Product, email: string): Promise<Session> {
  const context = await browser.newContext();
  await signIn(await context.newPage(), product, email);
  const session = await context.storageState();
  await context.close();
  return session;
}

export const phone = { viewport: { width: 375, height: 812 }, isMobile: true, hasTouch: true } as const;

/** The customer's own page, on a phone, without an account. */
export async function customerPhone(browser: Browser, product: Product): Promise<Page> {
  const page = await (await browser.newContext(phone)).newPage();
  await page.goto(conversationUrl(product));
  return page;
}

/** The link of Jane's conversation. */
export function conversationUrl(product: Product): string {
  return z.looseObject({ conversationUrl: z.url() }).parse(product.credentials).conversationUrl;
}
