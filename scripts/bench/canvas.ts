import { chromium, type Page } from "@playwright/test";
import type { Instance } from "@/tests/instance";
import { findOrInstallChromium } from "../test/chromium";
import { createLargeWorkflow } from "./large-workflow";

export interface CanvasMeasures {
  /** From the navigation to cards on the screen, ms; median of five opens. */
  openMs: number;
  /** Median frames per second while the canvas, then a card, is dragged. */
  panFps: number;
  dragFps: number;
  /** From a key press in an expression field to the frame that shows it, ms; the slowest but two of forty. */
  keystrokeMs: number;
  /** From the key to the new places of all cards, ms. */
  layoutMs: number;
  /** The longest time the page was blocked during the layout, ms. */
  layoutBlockedMs: number;
}

/** Opens a workflow of 500 steps in Chromium and measures what a person would feel. Screen 1440 × 900. */
export async function measureCanvas(instance: Instance): Promise<CanvasMeasures> {
  const slug = await createLargeWorkflow(instance);
  const executablePath = findOrInstallChromium();
  const browser = await chromium.launch({
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    // tsx names functions by a helper of its own, which the page does not have.
    await page.addInitScript("globalThis.__name ??= (named) => named");
    await signIn(page, instance);
    const opens: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) opens.push(await open(page, slug));
    const panFps = await framesWhile(page, () => dragFrom(page, { x: 700, y: 620 }));
    const card = await page.locator(".react-flow__node").first().boundingBox();
    const dragFps = await framesWhile(page, () => dragFrom(page, { x: (card?.x ?? 0) + 120, y: (card?.y ?? 0) + 36 }));
    const layout = await measureLayout(page);
    const keystrokeMs = await measureKeystrokes(page, slug);
    return { openMs: median(opens), panFps, dragFps, keystrokeMs, ...layout };
  } finally {
    await browser.close();
  }
}

async function signIn(page: Page, instance: Instance): Promise<void> {
  const [user] = instance.credentials.users;
  if (!user) throw new Error("The demo has no people.");
  await page.goto(`${instance.baseUrl}/sign-in`);
  await page.getByLabel("E-mail").fill(user.email);
  await page.getByLabel("Password", { exact: true }).fill(user.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await page.goto(instance.baseUrl);
}

async function open(page: Page, slug: string): Promise<number> {
  await page.goto(new URL(`/workflows/${slug}`, page.url()).href, { waitUntil: "commit" });
  await page.waitForFunction(() => {
    const cards = document.querySelectorAll(".react-flow__node");
    return cards.length > 5 && [...cards].some((card) => getComputedStyle(card).visibility === "visible");
  });
  // The navigation is the zero of the page's clock.
  return page.evaluate(
    () =>
      new Promise<number>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())))),
  );
}

async function dragFrom(page: Page, from: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let step = 0; step < 90; step += 1) {
    await page.mouse.move(from.x + Math.sin(step / 10) * 200, from.y - Math.min(step, 60) * 3);
    await page.waitForTimeout(16);
  }
  await page.mouse.up();
}

/** Median frames per second while something goes on. */
async function framesWhile(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const times: number[] = [];
    const record = (time: number): void => {
      times.push(time);
      if (Reflect.get(window, "benchFrames") === times) requestAnimationFrame(record);
    };
    Reflect.set(window, "benchFrames", times);
    requestAnimationFrame(record);
  });
  await act();
  const times = await page.evaluate(() => {
    const found = Reflect.get(window, "benchFrames") as number[];
    Reflect.set(window, "benchFrames", null);
    return found;
  });
  return 1000 / median(times.slice(1).map((time, position) => time - (times[position] ?? 0)));
}

async function measureLayout(page: Page): Promise<Pick<CanvasMeasures, "layoutMs" | "layoutBlockedMs">> {
  await page.locator(".react-flow__pane").click({ position: { x: 5, y: 5 } });
  await page.evaluate(() => {
    const tasks: number[] = [];
    Reflect.set(window, "benchTasks", tasks);
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: "longtask",
    });
    performance.clearMeasures("canvas-layout");
  });
  await page.keyboard.press("l");
  await page.waitForFunction(() => performance.getEntriesByName("canvas-layout").length > 0, null, { timeout: 30_000 });
  return page.evaluate(() => ({
    layoutMs: performance.getEntriesByName("canvas-layout")[0]?.duration ?? 0,
    layoutBlockedMs: Math.max(0, ...(Reflect.get(window, "benchTasks") as number[])),
  }));
}

async function measureKeystrokes(page: Page, slug: string): Promise<number> {
  await open(page, slug);
  await page.locator(".react-flow__node").nth(3).click();
  const field = page.locator("aside .cm-content").first();
  await field.click();
  const durations: number[] = [];
  for (const key of "input.amount + 41 + input.amount * 12345 ".repeat(1).slice(0, 40)) {
    const started = await page.evaluate(() => {
      Reflect.set(
        window,
        "benchKey",
        new Promise<number>((done) => {
          addEventListener(
            "keydown",
            ({ timeStamp }) => requestAnimationFrame(() => setTimeout(() => done(performance.now() - timeStamp))),
            { capture: true, once: true },
          );
        }),
      );
      return true;
    });
    if (!started) continue;
    await page.keyboard.press(key === " " ? "Space" : key);
    durations.push(await page.evaluate(() => Reflect.get(window, "benchKey") as Promise<number>));
  }
  return durations.sort((a, b) => a - b).at(-3) ?? 0;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
