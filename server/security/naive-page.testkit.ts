import { createServer } from "node:http";
import type { Browser } from "@playwright/test";
import type { Payload } from "./payloads.testkit";

/** Places where a page that does nothing against it puts a text. */
const places: readonly ((text: string) => string)[] = [
  (text) => `<title>x</title><main>${text}</main>`,
  (text) => `<p title="${text}">x</p><input value='${text}'><script>var said = "${text}";</script>`,
  (text) => `<a id="link" href="${text.replaceAll('"', "&quot;")}">press</a><b style="${text}">x</b>`,
];

/** Which of these texts act on such pages, sent with this content policy, and which of them are executed. */
export async function actingOnNaivePages(
  browser: Browser,
  policy: string,
  texts: readonly Payload[],
): Promise<{ acting: Set<number>; executed: Set<number> }> {
  const acting = new Set<number>();
  const executed = new Set<number>();
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? "/", "http://naive");
    const text = texts[Number(searchParams.get("text"))]?.text ?? "";
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-security-policy": policy });
    response.end(`<!doctype html><body>${places[Number(searchParams.get("place"))]?.(text) ?? ""}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  const context = await browser.newContext();
  let at = -1;
  const ran = (): void => {
    acting.add(at);
    executed.add(at);
  };
  await context.exposeFunction("fired", ran);
  context.on("dialog", (dialog) => {
    ran();
    // Gone already when the page went elsewhere meanwhile.
    dialog.dismiss().catch(() => undefined);
  });
  await context.route(
    (url) => url.origin !== origin && url.protocol.startsWith("http"),
    (route) => {
      if (new URL(route.request().url()).hostname.endsWith("evil.test")) acting.add(at);
      return route.abort();
    },
  );
  let page = await context.newPage();
  const open = async (url: string): Promise<void> => {
    const opened = await page.goto(url).catch(() => null);
    if (opened !== null) return;
    // The text before sent this page elsewhere, or it is on its way there.
    await page.close();
    page = await context.newPage();
    await page.goto(url, { waitUntil: "commit" });
  };
  for (const [index, payload] of texts.entries()) {
    at = payload.at;
    for (const place of places.keys()) {
      await open(`${origin}/?place=${place}&text=${index}`);
      await page
        .evaluate(() => {
          document.querySelector<HTMLElement>("#link")?.click();
        })
        .catch(() => undefined);
    }
  }
  await context.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return { acting, executed };
}
