import type { Page } from "playwright";
import { expect } from "playwright/test";
import { accessibilityBreaches } from "../support/accessibility";
import { builtPages } from "../support/built-pages";
import { type Filled, fillPortal } from "../support/fill";
import { enter, openView } from "../support/open-view";
import { VIEWS, type View, viewGaps } from "../support/views";
import { test } from "./support/journey";
import { takeOver } from "./support/stage";

let filled: Filled;

test.beforeAll(async () => {
  const stage = takeOver();
  filled = await fillPortal({ ...stage, upstreamUrl: stage.upstream.url }, 4);
});

test("every page of the build is looked at", () => {
  expect(viewGaps(builtPages())).toEqual({ unseen: [], gone: [] });
});

for (const view of Object.values(VIEWS).flat()) {
  test(`${view.name} is accessible, wide and narrow`, async ({ page }) => {
    await look(page, view);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await accessibilityBreaches(page), "at 390 px").toEqual([]);
    expect(await sidewaysPx(page), "px that scroll sideways").toBe(0);
  });
}

async function look(page: Page, view: View): Promise<void> {
  await enter(page.context(), takeOver().url, filled.cookies[view.as]);
  await openView(page, view, filled.places);
  expect(await accessibilityBreaches(page), "at 1440 px").toEqual([]);
}

/** How far the whole page can be moved sideways, which a reader on a phone must never need. */
async function sidewaysPx(page: Page): Promise<number> {
  // The place kept for a scroll bar makes the page narrower than it could be, never wider.
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));
}
