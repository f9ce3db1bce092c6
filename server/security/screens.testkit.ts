import type { Page } from "@playwright/test";
import type { Payload } from "./payloads.testkit";
import type { Sheet } from "./poison.testkit";
import type { Visit, Watch } from "./watched-page.testkit";

type Screen = readonly [path: string, visit?: Visit];

/** One screen, looked at in a browser that is watched. */
export type Glance = (watched: Watch, page: Page) => Promise<void>;

/** Every screen on which this sheet is to be seen, and those of others among lists. */
export function glancesAt(sheet: Sheet, texts: readonly Payload[]): Glance[] {
  return screensOf(sheet).map(
    ([path, visit]): Glance =>
      (watched, page) =>
        watched.look(page, path, { texts, visit }),
  );
}

function screensOf({
  approval,
  decided,
  slug,
  waiting,
  answered,
  customerLink,
  trackingLink,
  formLink,
  hook,
  first,
}: Sheet): Screen[] {
  const flow = `/workflows/${slug}`;
  const query = encodeURIComponent(first.slice(0, 100));
  return [
    ["/inbox"],
    [`/inbox?id=${approval}`],
    ["/inbox?view=decided"],
    [`/inbox?view=decided&id=${decided}`],
    ["/home"],
    ["/runs"],
    [`/runs?q=${query}`],
    [`/runs/${waiting}`],
    [`/runs/${answered}`],
    ["/workflows"],
    [`/workflows?q=${query}`],
    ["/workflows?view=trash"],
    [flow, eachStep],
    [`${flow}?panel=problems`],
    [`${flow}?panel=test`],
    [flow, outline],
    [`${flow}?tab=executions`],
    [`${flow}?tab=versions`],
    ...["words", "drawing", "text"].map((view): Screen => [`${flow}?tab=versions&from=1&to=draft&view=${view}`]),
    [`${flow}?tab=triggers`],
    [`${flow}?tab=configuration`],
    [`${flow}?tab=json`],
    ["/requests"],
    ["/requests/start"],
    [`/requests/start/${slug}`],
    [`/requests/${answered}`],
    [trackingLink],
    [formLink],
    [customerLink],
    ["/demo/mailbox"],
    // Opened as a page, what a caller is answered.
    [hook],
  ];
}

/** Screens that show what stands in their address, and those of the organization as a whole. */
export function glancesAround(texts: readonly Payload[]): Glance[] {
  const whole = ["/settings/security", "/workflows/new", "/workflows/templates", "/no-such-page"];
  const named = texts.flatMap(({ text }) => {
    const part = encodeURIComponent(text.slice(0, 200));
    return [`/runs?q=${part}`, `/workflows/${part}`, `/inbox?id=${part}`, `/sign-in?next=${part}`];
  });
  return [...whole, ...named].map(
    (path): Glance =>
      (watched, page) =>
        watched.look(page, path),
  );
}

/** The panel of one step of each kind, and of the triggers. */
const eachStep: Visit = async (page, inspect) => {
  const cards = page.locator(".react-flow__node");
  await cards.first().waitFor();
  const kinds = ["t0", "choose", "call", "tell", "ask", "form", "hand", "emit", "stop"];
  for (const kind of kinds) {
    const card = page.locator(`.react-flow__node[data-id="${kind}"]`);
    // Cards that are out of sight are not drawn.
    if ((await card.count()) === 0) continue;
    await card.click({ force: true });
    await inspect();
  }
};

const outline: Visit = async (page, inspect) => {
  await page.locator(".react-flow__node").first().waitFor();
  const choose = (view: RegExp): Promise<void> =>
    page
      .getByRole("button", { name: view })
      .or(page.getByRole("radio", { name: view }))
      .first()
      .click();
  await choose(/^outline$/i);
  await page.getByRole("treeitem").first().waitFor();
  await inspect();
  // The browser remembers what was chosen last.
  await choose(/^canvas$/i);
};
