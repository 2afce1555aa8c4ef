import path from "node:path";
import type { Browser, Page } from "playwright";
import { accessibilityBreaches } from "../support/accessibility";
import { enter, openView } from "../support/open-view";
import type { Places, View } from "../support/views";
import { contextOf, type Look, lookName } from "./looks";

export interface Camera {
  /** One line for each picture that could not be taken and for each page with a fault. */
  problems: string[];
  /** Takes the pictures of some views as one reader sees them. */
  take(
    views: readonly View[],
    look: Look,
    reader: { cookie: string; places: Places },
  ): Promise<void>;
}

/** Where the picture of a view is kept. */
export const pictureFile = (folder: string, view: View, look: Look): string =>
  path.join(folder, `${view.name}-${lookName(look)}.png`);

/** A camera that saves PNGs into a folder and has axe look at everything it takes. */
export function makeCamera(browser: Browser, base: string, folder: string): Camera {
  const problems: string[] = [];
  return {
    problems,
    async take(views, look, { cookie, places }) {
      const context = await contextOf(browser, base, look);
      await enter(context, base, cookie);
      const page = await context.newPage();
      for (const view of views) {
        const found = await photograph(page, view, places, pictureFile(folder, view, look)).catch(
          (error: unknown) => [`no picture: ${error}`],
        );
        problems.push(...found.map((line) => `${view.name} ${lookName(look)}: ${line}`));
      }
      await context.close();
    },
  };
}

async function photograph(page: Page, view: View, places: Places, file: string): Promise<string[]> {
  const window = page.viewportSize();
  await openView(page, view, places);
  const height = await page.evaluate<number>(WHOLE_HEIGHT);
  // What sticks to the window, such as the rail, reaches the end of the picture that way.
  if (window) await page.setViewportSize({ width: window.width, height });
  await page.screenshot({ path: file });
  const breaches = await accessibilityBreaches(page);
  if (window) await page.setViewportSize(window);
  return breaches;
}

/** The height at which nothing of the page is left to scroll to, or of the dialog that is open on it. */
const WHOLE_HEIGHT = `(() => {
  const dialog = document.querySelector("[role=dialog], [role=alertdialog]");
  const hidden = (one) => one.scrollHeight - one.clientHeight;
  const inside = dialog ? [dialog, ...dialog.querySelectorAll("*")].map(hidden) : [];
  const page = document.documentElement.scrollHeight - innerHeight;
  return innerHeight + Math.max(0, ...(dialog ? inside : [page]));
})()`;
