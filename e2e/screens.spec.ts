import type { BrowserContextOptions, Page } from "@playwright/test";
import { z } from "zod";
import { expectAccessible } from "./accessible";
import { conversationUrl, expect, test, type Product } from "./fixtures";
import { loaded, overflowOf, picture } from "./pages/page-state";
import type { RestClient } from "./rest";

// Nothing is done here, only looked at: the workers share these screens among them.
test.describe.configure({ mode: "parallel" });

/**
 * Each width in both colour schemes, which only its colours tell apart: a page is loaded once per width. axe looks at it as it was loaded,
 * and so sees both widths and both schemes; it takes most of this file's time.
 */
const looks = [
  { name: "375", loaded: "light", after: "dark", viewport: { width: 375, height: 812 } },
  { name: "1440", loaded: "dark", after: "light", viewport: { width: 1440, height: 900 } },
] as const;

/** A drawing is there when its first card is. */
const drawing = ".react-flow__node";
/** In the builder, phones begin with the outline. */
const workspace = ':is(.react-flow__node, [role="treeitem"]):visible';

type Address = (product: Product, rest: RestClient) => Promise<string> | string;

const screens: readonly { name: string; title: string; address: Address; ready?: string }[] = [
  { name: "landing", title: "the landing page", address: () => "/" },
  { name: "inbox", title: "the inbox", address: () => "/inbox" },
  {
    name: "inbox-open",
    title: "an open decision",
    address: async (_product, rest) => `/inbox?id=${await pendingApproval(rest)}`,
  },
  { name: "inbox-decided", title: "decided approvals", address: () => "/inbox?view=decided" },
  { name: "home", title: "home", address: () => "/home" },
  { name: "notifications", title: "A17 what comes by e-mail", address: () => "/settings/notifications" },
  { name: "conversations", title: "the operators' conversations", address: () => "/conversations" },
  { name: "contacts", title: "the contacts", address: () => "/contacts" },
  { name: "activity", title: "the activity", address: () => "/activity" },
  { name: "workflows", title: "the workflows", address: () => "/workflows" },
  { name: "workflows-trash", title: "the trash", address: () => "/workflows?view=trash" },
  { name: "workflow-new", title: "M-1 New Automation", address: () => "/workflows/new" },
  { name: "templates", title: "the templates", address: () => "/workflows/templates" },
  {
    name: "template",
    title: "the questions of a template",
    address: () => "/workflows/templates?template=refund-desk",
    ready: "#template-wizard",
  },
  {
    name: "workflow-json",
    title: "a workflow as JSON",
    address: () => "/workflows/subscription-upgrade?tab=json",
    ready: ".cm-content",
  },
  {
    name: "workflow-canvas",
    title: "a workflow's canvas",
    address: () => "/workflows/subscription-upgrade",
    ready: workspace,
  },
  {
    name: "workflow-executions",
    title: "a workflow's executions",
    address: () => "/workflows/subscription-upgrade?tab=executions",
  },
  {
    name: "workflow-versions",
    title: "F-45 a workflow's versions",
    address: () => "/workflows/subscription-upgrade?tab=versions",
  },
  {
    name: "workflow-draft",
    title: "a draft with problems",
    address: () => "/workflows/weekly-stock-check",
    ready: workspace,
  },
  { name: "runs", title: "F-48 the runs", address: () => "/runs" },
  { name: "runs-none", title: "a search that finds nothing", address: () => "/runs?q=nobody-has-this" },
  ...(
    [
      "completed",
      "failed",
      "cancelled",
      "paused",
      "waiting_approval",
      "waiting_form",
      "waiting_human",
      "waiting_async",
    ] as const
  ).map((status) => ({
    name: `run-${status}`,
    title: `F-46 F-49 a run that is ${status}`,
    address: async (_product: Product, rest: RestClient) => `/runs/${await runIn(rest, status)}`,
    ready: drawing,
  })),
  { name: "mailbox", title: "the demo mailbox", address: () => "/demo/mailbox" },
  { name: "customer", title: "the customer's page", address: conversationUrl },
  {
    name: "customer-form",
    title: "the customer's page with a form",
    address: (_product, rest) => conversationWithForm(rest),
  },
  { name: "not-found", title: "a page that is not there", address: () => "/no-such-page" },
];

for (const { name, title, address, ready = ":is(h1, h2):visible" } of screens) {
  test(`${title}: accessible, nothing overflows, at 375 and 1440 px, light and dark`, async ({
    product,
    rest,
    ownersWindow,
  }) => {
    await lookAt(name, await address(product, rest), ready, ownersWindow);
  });
}

test("the sign-in page: accessible, nothing overflows, at 375 and 1440 px, light and dark", async ({ browser }) => {
  await lookAt("sign-in", "/sign-in", "h1:visible", async (options) => (await browser.newContext(options)).newPage());
});

async function lookAt(
  name: string,
  path: string,
  ready: string,
  open: (options: BrowserContextOptions) => Promise<Page>,
): Promise<void> {
  for (const look of looks) {
    await test.step(`${name} ${look.name}`, async () => {
      const page = await open({ viewport: look.viewport, colorScheme: look.loaded });
      const faults: string[] = [];
      const note = (error: Error) => faults.push(error.message);
      page.on("pageerror", note);
      await page.emulateMedia({ colorScheme: look.loaded });
      await page.goto(path);
      await loaded(page);
      await expect(page.locator(ready).first()).toBeVisible();
      await picture(page, `${name}-${look.name}-${look.loaded}`);
      await expectAccessible(page);
      expect(await overflowOf(page)).toBe(0);
      await page.emulateMedia({ colorScheme: look.after });
      await picture(page, `${name}-${look.name}-${look.after}`);
      expect(await overflowOf(page)).toBe(0);
      expect(faults).toEqual([]);
      page.off("pageerror", note);
    });
  }
}

async function runIn(rest: RestClient, status: string): Promise<string> {
  const { workflows } = z
    .object({ workflows: z.array(z.looseObject({ id: z.string() })).min(1) })
    .parse((await rest.get(`/api/v1/workflows?status=${status}&limit=1`)).json);
  return workflows[0]?.id ?? "";
}

async function pendingApproval(rest: RestClient): Promise<string> {
  const { approvals } = z
    .object({ approvals: z.array(z.looseObject({ id: z.string() })).min(1) })
    .parse((await rest.get("/api/v1/approvals?status=pending")).json);
  return approvals[0]?.id ?? "";
}

/** The page of the customer whose form the demo left open. */
async function conversationWithForm(rest: RestClient): Promise<string> {
  const list = z
    .object({
      conversations: z.array(
        z.looseObject({ id: z.string(), contact: z.looseObject({ email: z.string().nullable() }) }),
      ),
    })
    .parse((await rest.get("/api/v1/conversations?limit=50")).json);
  const sam = list.conversations.find(({ contact }) => contact.email === "sam@globex.test");
  const renewed = await rest.post(`/api/v1/conversations/${sam?.id ?? ""}/rotate-link`, {});
  return z.looseObject({ link: z.url() }).parse(renewed.json).link;
}
