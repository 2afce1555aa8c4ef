import { afterAll, beforeAll, expect, it } from "vitest";
import { type FakeUpstream, startFakeUpstream } from "../../../testing/upstream/server";
import { askedOf, written } from "../../testing/matrix-calls";
import { othersThan, type Recorded, recordedExchanges } from "../../testing/recorded";
import { MATRIX_IDS, type MatrixId } from "../known-losses";

const { all, leftOut } = await recordedExchanges(
  process.env.RECORDINGS_DIR ?? "../shared/recordings",
);

let upstream: FakeUpstream;
beforeAll(async () => {
  upstream = await startFakeUpstream({ foreignSignatures: true });
});
afterAll(() => upstream.close());

async function refusal(
  { id, name, translator, call, facts }: Recorded,
  target: MatrixId,
): Promise<string[]> {
  const { body } = written(target, translator.readCall(call, facts), id);
  const { status, text } = await askedOf(upstream.url, target, body);
  return status === 200 ? [] : [`${id}/${name}: ${text.slice(0, 300)}`];
}

it.each(MATRIX_IDS)(`sends every recorded call as %s, which takes it${leftOut}`, async (target) => {
  const foreign = all.filter(({ id }) => othersThan(target).includes(id));
  const refused: string[] = [];
  for (const recorded of foreign) refused.push(...(await refusal(recorded, target)));
  expect(refused).toEqual([]);
  expect(foreign.length > 100 || leftOut !== "").toBe(true);
});
