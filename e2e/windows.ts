import type { Browser, BrowserContext, BrowserContextOptions } from "@playwright/test";

/** What a browser knows of somebody who is signed in. */
export type Session = Awaited<ReturnType<BrowserContext["storageState"]>>;

interface Kept {
  key: string;
  context: BrowserContext;
  session: Session;
  origin: string;
}

/** Handed back, by whose windows they are. */
const free = new Map<string, Kept[]>();
const lent = new Set<Kept>();

/**
 * A browser of somebody's own for the length of a test, as clean as a new one. What it has fetched and compiled of the product stays with it from
 * test to test: to do that anew takes a third of the time of opening a page.
 */
export async function borrowContext(
  browser: Browser,
  owner: string,
  { origin, session, options }: { origin: string; session: Session; options: BrowserContextOptions },
): Promise<BrowserContext> {
  const key = `${owner} ${JSON.stringify(options)}`;
  const there = free.get(key)?.pop();
  const kept =
    there?.session === session
      ? there
      : { key, session, origin, context: await browser.newContext({ ...options, storageState: session }) };
  if (there !== undefined && there !== kept) await there.context.close();
  lent.add(kept);
  return kept.context;
}

/** Those that are lent or wait to be: not to be closed. */
export function keptContexts(): ReadonlySet<BrowserContext> {
  return new Set([...lent, ...[...free.values()].flat()].map(({ context }) => context));
}

/** At the end of a test. */
export async function takeBackContexts(): Promise<void> {
  const back = [...lent];
  lent.clear();
  await Promise.all(
    back.map(async (kept) => {
      const isClean = await clean(kept).then(
        () => true,
        () => false,
      );
      if (isClean) free.set(kept.key, [...(free.get(kept.key) ?? []), kept]);
      else await kept.context.close().catch(() => undefined);
    }),
  );
}

async function clean({ context, session, origin }: Kept): Promise<void> {
  await Promise.all(context.pages().map((page) => page.close()));
  await context.setOffline(false);
  await context.clearCookies();
  await context.addCookies(session.cookies);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Storage.clearDataForOrigin", {
    origin,
    storageTypes: "local_storage,indexeddb,cache_storage,service_workers,file_systems",
  });
  await page.close();
}
