import type { Page } from "playwright";
import { expect } from "playwright/test";
import { accessibilityBreaches } from "../support/accessibility";
import { builtPages } from "../support/built-pages";
import { type Filled, fillPortal } from "../support/fill";
import { enter, openView } from "../support/open-view";
import { READERS, VIEWS, type View, viewGaps } from "../support/views";
import { test } from "./support/journey";
import { takeOver } from "./support/stage";

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const PER_VIEW_MS = 30_000;

let filled: Filled;

test.beforeAll(async () => {
  const stage = takeOver();
  filled = await fillPortal({ ...stage, upstreamUrl: stage.upstream.url }, 4);
});

test("every page of the build is looked at", () => {
  expect(viewGaps(builtPages())).toEqual({ unseen: [], gone: [] });
});

for (const reader of READERS) {
  const views = Object.values(VIEWS)
    .flat()
    .filter(({ as }) => as === reader);

  // One test for all views of a reader: a browser that has the portal's scripts is twice as fast.
  test(`what ${reader} sees is accessible, wide and narrow`, async ({ page }) => {
    test.setTimeout(views.length * PER_VIEW_MS);
    // What fades in is judged when it is there: in the middle its colours are nobody's.
    await page.emulateMedia({ reducedMotion: "reduce" });
    await enter(page.context(), takeOver().url, filled.cookies[reader]);
    for (const view of views) await look(page, view);
  });
}

/** Goes on after a breach, so that one run tells all of them. */
async function look(page: Page, view: View): Promise<void> {
  await page.setViewportSize(WIDE);
  await openView(page, view, filled.places);
  expect.soft(await accessibilityBreaches(page), `${view.name} at 1440 px`).toEqual([]);
  await page.setViewportSize(PHONE);
  expect.soft(await accessibilityBreaches(page), `${view.name} at 390 px`).toEqual([]);
  // What floats takes its new place a moment after the window has changed.
  await softly
    .poll(() => sidewaysPx(page), { message: `${view.name}: px that scroll sideways` })
    .toBe(0);
}

const softly = expect.configure({ soft: true });

/** How far the whole page can be moved sideways, which a reader on a phone must never need. */
async function sidewaysPx(page: Page): Promise<number> {
  // The place kept for a scroll bar makes the page narrower than it could be, never wider.
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));
}
