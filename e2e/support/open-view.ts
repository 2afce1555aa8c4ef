import type { BrowserContext, Page } from "playwright";
import type { Places, View } from "./views";

/** Gives a browser the cookies of a session; "" leaves it signed out. */
export async function enter(context: BrowserContext, base: string, cookie: string): Promise<void> {
  const pairs = cookie.split("; ").filter(Boolean);
  const cookies = pairs.map((pair) => {
    const at = pair.indexOf("=");
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url: base };
  });
  if (cookies.length > 0) await context.addCookies(cookies);
}

/** Opens a view and waits until nothing in it moves or loads any more. */
export async function openView(page: Page, view: View, places: Places): Promise<void> {
  const { address } = view;
  await page.goto(typeof address === "string" ? address : address(places));
  await settled(page);
  if (!view.act) return;
  await view.act(page);
  await settled(page);
  // What an act opens may begin to move only after its first picture.
  await page.waitForTimeout(OPENING_MS);
  await settled(page);
}

const OPENING_MS = 100;

async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.waitForFunction(() => {
    const busy = document.querySelector('[aria-busy="true"]');
    const moving = document.getAnimations().some((one) => {
      const timing = one.effect?.getComputedTiming();
      return one.playState === "running" && timing?.iterations !== Number.POSITIVE_INFINITY;
    });
    return document.fonts.status === "loaded" && !busy && !moving;
  });
}
