import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { lossTables } from "../testing/loss-tables";

const PAGE = resolve(import.meta.dirname, "../../../docs/translation.md");
const TABLES = /(?<=<!-- losses:begin[^>]*-->\n\n)[\s\S]*?(?=\n\n<!-- losses:end -->)/;

/**
 * The tables of the page are made of the code. To write them anew:
 * `npx vitest run --project unit lib/relay/translation/known-losses-page.test.ts -u`
 */
it("shows the known losses in docs/translation.md as the code has them", async () => {
  const page = await readFile(PAGE, "utf8");
  expect(page).toMatch(TABLES);
  await expect(page.replace(TABLES, () => lossTables())).toMatchFileSnapshot(PAGE);
});
