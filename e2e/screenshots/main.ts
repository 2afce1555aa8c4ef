import { existsSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { chromium } from "playwright";
import { FAKE_GEMINI_KEY } from "../../lib/testing/upstream/keys";
import { startFakeUpstream } from "../../lib/testing/upstream/server";
import { startPortal } from "../relay/support/portal";
import { builtPages } from "../support/built-pages";
import { CHROMIUM } from "../support/chromium";
import { fillPortal } from "../support/fill";
import { LIMITED_GEMINI_KEY } from "../support/fill-pool";
import { READERS, VIEWS, type View, viewGaps } from "../support/views";
import { type Camera, makeCamera, pictureFile } from "./camera";
import { addHistory } from "./history";
import { LOOKS } from "./looks";
import {
  BROKEN_VIEWS,
  breakPages,
  EMPTY_VIEWS,
  founder,
  NOBODY_YET,
  type Visit,
  viewsBeforeSetUp,
} from "./stages";

const FOLDER = path.resolve(import.meta.dirname, "../../screenshots");
/** Rounds of requests with which the portal is filled; six each. */
const ROUNDS = 40;

const problems = await takePictures(process.argv.slice(2));
for (const problem of problems) process.stdout.write(`✗ ${problem}\n`);
process.stdout.write(`${problems.length} problems; the pictures are in ${FOLDER}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;

/**
 * Saves a picture of every page in every language, theme and width, and has axe look at each. A page
 * of the build without a picture is a problem, as is each breach.
 * @param names of views; without any, everything
 */
async function takePictures(names: readonly string[]): Promise<string[]> {
  const upstream = await startFakeUpstream({ geminiKeys: [FAKE_GEMINI_KEY, LIMITED_GEMINI_KEY] });
  const portal = await startPortal();
  const browser = await chromium.launch(CHROMIUM);
  try {
    if (names.length === 0) rmSync(FOLDER, { recursive: true, force: true });
    mkdirSync(FOLDER, { recursive: true });
    const camera = makeCamera(browser, portal.url, FOLDER);
    const taken: View[] = [];
    const take = async (views: readonly View[], { cookies, places }: Visit) => {
      const chosen = views.filter(({ name }) => names.length === 0 || names.includes(name));
      taken.push(...chosen);
      await takeAll(camera, chosen, { cookies, places });
    };
    await take(await viewsBeforeSetUp(portal), NOBODY_YET);
    await take(EMPTY_VIEWS, await founder(portal));
    await portal.allowHost(`127.0.0.1:${upstream.port}`);
    const filled = await fillPortal({ ...portal, upstreamUrl: upstream.url }, ROUNDS);
    await addHistory(portal.database.db, filled);
    await take(Object.values(VIEWS).flat(), filled);
    await breakPages(portal.database.db);
    await take(BROKEN_VIEWS, filled);
    return [...gaps(), ...missing(taken), ...camera.problems];
  } finally {
    await browser.close();
    await portal.stop();
    await upstream.close();
  }
}

async function takeAll(
  camera: Camera,
  views: readonly View[],
  { cookies, places }: Visit,
): Promise<void> {
  for (const look of LOOKS) {
    for (const reader of READERS) {
      const own = views.filter((view) => view.as === reader);
      if (own.length > 0) await camera.take(own, look, { cookie: cookies[reader], places });
    }
  }
}

function gaps(): string[] {
  const { unseen, gone } = viewGaps(builtPages());
  return [
    ...unseen.map((entry) => `${entry} is a page of the build without a view in views.ts`),
    ...gone.map((entry) => `${entry} has views but is no page of the build`),
  ];
}

function missing(views: readonly View[]): string[] {
  const files = views.flatMap((view) => LOOKS.map((look) => pictureFile(FOLDER, view, look)));
  return files.filter((file) => !existsSync(file)).map((file) => `${file} is missing`);
}
