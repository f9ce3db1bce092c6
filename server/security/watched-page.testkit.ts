import type { BrowserContext, Page } from "@playwright/test";
import type { InFlight } from "./extent.testkit";
import type { Payload } from "./payloads.testkit";

/** What a payload managed to do, or left behind, in the words of a failing test. */
export interface Watch {
  /** Everything so far; empty when nothing happened. */
  found: string[];
  /** Opened, unfolded, and looked through. */
  look(page: Page, path: string, options?: Look): Promise<void>;
  /** Which of the texts were to be read, screen by screen. */
  shown: { path: string; texts: number[] }[];
  pages: number;
  links: number;
}

export type Visit = (page: Page, inspect: () => Promise<void>) => Promise<void>;

export interface Look {
  /** What should be there, as text. */
  texts?: readonly Payload[];
  /** Opens more of the page, and has each state looked through. */
  visit?: Visit | undefined;
}

/** A context that lets nothing but the product's own address out, and notes every deed of a payload. */
export async function watch(context: BrowserContext, baseUrl: string, log: InFlight): Promise<Watch> {
  const found: string[] = [];
  let where = "";
  const note = (what: string): void => {
    found.push(`${where}: ${what.slice(0, 300)}`);
    log.answered(-1, `FOUND ${what}`);
  };
  await context.exposeFunction("fired", (at: unknown) => {
    note(`payload ${String(at)} was executed`);
  });
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`BLOCKED ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  const { origin } = new URL(baseUrl);
  await context.route(
    (url) => url.origin !== origin && (url.protocol === "http:" || url.protocol === "https:"),
    (route) => {
      note(`request to ${route.request().url()}`);
      return route.abort();
    },
  );
  context.on("dialog", (dialog) => {
    note(`dialog ${dialog.message()}`);
    dialog.dismiss().catch(() => undefined);
  });
  context.on("console", (message) => {
    if (/BLOCKED|Content Security Policy|Refused to/.test(message.text())) note(`console: ${message.text()}`);
  });
  context.on("weberror", (error) => {
    note(`error: ${error.error().message}`);
  });
  context.on("page", (page) => {
    if (context.pages().length > 1) note(`another window: ${page.url()}`);
  });
  const watched: Watch = {
    found,
    shown: [],
    pages: 0,
    links: 0,
    async look(page, path, { texts = [], visit } = {}) {
      where = path.slice(0, 120);
      log.sending(watched.pages, where);
      const started = performance.now();
      const response = await page.goto(`${baseUrl}${path}`, { waitUntil: "load" });
      const policy = response?.headers()["content-security-policy"] ?? "";
      if (!forbidsInlineScript(policy)) note(`the policy lets scripts in: ${policy}`);
      const there = new Set<number>();
      let addresses = 0;
      const inspect = async (): Promise<void> => {
        await settled(page);
        await unfold(page);
        const { links, problems } = await page.evaluate(lookThrough, nonceOf(policy));
        for (const problem of problems) note(problem);
        addresses += links;
        const read = await page.evaluate(readThrough);
        for (const { at, text } of texts) if (read.includes(withoutBlanks(text).slice(0, 60))) there.add(at);
      };
      await inspect();
      await visit?.(page, inspect);
      if (texts.length > 0) watched.shown.push({ path: where, texts: [...there] });
      if (new URL(page.url()).origin !== origin) note(`went to ${page.url()}`);
      log.answered(
        watched.pages,
        `${there.size} texts, ${addresses} addresses, ${Math.round(performance.now() - started)} ms`,
      );
      watched.pages += 1;
      watched.links += addresses;
    },
  };
  return watched;
}

export function forbidsInlineScript(policy: string): boolean {
  const sources = /(?:^|;)\s*(?:script-src|default-src)\s([^;]*)/.exec(policy)?.[1] ?? "'unsafe-inline'";
  const script = /(?:^|;)\s*script-src\s([^;]*)/.exec(policy)?.[1] ?? sources;
  return !/'unsafe-(?:inline|eval|hashes)'|\bdata:|\bblob:|\*|https?:/.test(script);
}

const nonceOf = (policy: string): string => /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";

/** The page shows what it has: nothing says any more that it is being loaded. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector('[aria-busy="true"], [role="status"][aria-label^="Loading"]') === null,
  );
  await page.waitForLoadState("domcontentloaded");
}

/** Everything that is folded away and opens without doing anything else. */
async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    const folded =
      'main button[aria-expanded="false"]:not([aria-haspopup]), main [role="treeitem"][aria-expanded="false"]';
    for (const button of [...document.querySelectorAll<HTMLElement>(folded)].slice(0, 200)) button.click();
    const heard = ["pointerover", "mouseover", "mouseenter", "focus", "focusin", "blur", "animationstart"];
    for (const element of document.querySelectorAll("main *, [role=dialog] *"))
      for (const name of heard) element.dispatchEvent(new Event(name, { bubbles: name.length > 5 }));
  });
}

/** Runs in the page: what stands in it that no text may make. */
function lookThrough(nonce: string): { links: number; problems: string[] } {
  const problems: string[] = [];
  const brief = (element: Element): string => element.outerHTML.slice(0, 200);
  const leading = [
    "href",
    "src",
    "xlink:href",
    "action",
    "formaction",
    "data",
    "poster",
    "srcset",
    "background",
    "ping",
  ];
  let links = 0;
  for (const element of document.querySelectorAll("*")) {
    if (
      /^(iframe|frame|object|embed|base|applet|portal|marquee|foreignobject|animate|set|mglyph|maction|annotation-xml)$/i.test(
        element.localName,
      ) &&
      element.localName !== "foreignobject"
    )
      problems.push(`element ${brief(element)}`);
    if (element instanceof HTMLScriptElement && element.nonce !== nonce && !element.src.startsWith(location.origin))
      problems.push(`script ${brief(element)}`);
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name)) problems.push(`handler ${name} at ${brief(element)}`);
      if (name === "srcdoc") problems.push(`srcdoc at ${brief(element)}`);
      if (name === "style" && /url\(|expression|evil/i.test(value))
        problems.push(`style ${value} at ${brief(element)}`);
      if (!leading.includes(name)) continue;
      links += 1;
      // As a browser reads it: control characters and blanks around and inside do not count.
      const read = value.replace(/[\u0000-\u0020]/g, "").toLowerCase();
      const scheme = /^[a-z][a-z0-9+.-]*:/.exec(read)?.[0];
      const isPicture = element.localName === "img" && scheme === "data:" && /^data:image\/(?!svg)/.test(read);
      if (scheme !== undefined && !["http:", "https:", "mailto:", "tel:"].includes(scheme) && !isPicture)
        problems.push(`${name} ${value} at ${brief(element)}`);
      const isLoaded =
        name !== "href" || element.localName === "link" || element.localName === "use" || element.localName === "image";
      if (isLoaded && /^(https?:)?\/\//.test(read) && new URL(value, location.href).origin !== location.origin)
        problems.push(`${name} loads ${value} at ${brief(element)}`);
    }
  }
  return { links, problems };
}

const withoutBlanks = (text: string): string => text.replace(/\s/g, "");

/** Runs in the page: everything that somebody reads or hears, without blanks. */
function readThrough(): string {
  const said = [...document.querySelectorAll("input, textarea, [aria-label], [title], [placeholder]")].flatMap(
    (element) => [
      element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.value : "",
      ...["aria-label", "title", "placeholder"].map((name) => element.getAttribute(name) ?? ""),
    ],
  );
  return `${document.body.textContent}${document.title}${said.join(" ")}`.replace(/\s/g, "");
}
