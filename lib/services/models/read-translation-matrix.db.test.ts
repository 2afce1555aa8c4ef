import { afterAll, beforeAll, expect, it } from "vitest";
import { MATRIX_FORMATS, TranslationMatrix } from "../../contracts/translation";
import { MATRIX_IDS } from "../../relay/translation/known-losses";
import { type PortalWorld, portalWorld, refusalOf } from "../../testing/factories/portal-world";
import { readTranslationMatrix } from "./read-translation-matrix";

let world: PortalWorld;
beforeAll(async () => {
  world = await portalWorld();
});
afterAll(() => world.close());

it("shows an admin every pair of different formats, as the contract says", async () => {
  const admin = await world.admin();

  const matrix = await readTranslationMatrix(admin.ctx);

  expect(TranslationMatrix.parse(matrix)).toEqual(matrix);
  expect(matrix.cells).toHaveLength(12);
  expect(MATRIX_FORMATS).toEqual(MATRIX_IDS);
});

it("is for admins only", async () => {
  const member = await world.member();
  expect(await refusalOf(readTranslationMatrix(member.ctx))).toBe("forbidden");
});
