import { describe, expect, it } from "vitest";
import type { Block } from "../../neutral-blocks";
import {
  answers,
  elsewhere,
  GROUPS,
  type Group,
  hmacOf,
  openFor,
  RAW,
  says,
  sealedBy,
  signedBlock,
  THINKERS,
  toolCall,
} from "../../testing/thinkers";
import { FATES, type SignedKind, type Standing } from "./table";

const LETTERS = { thinking: "t", "redacted-thinking": "r", "tool-call": "c", text: "x" } as const;
const KINDS = Object.keys(LETTERS) as SignedKind[];
const SIGNATURES: Record<Standing, (group: Group, kind: SignedKind) => string | null> = {
  own: (group, kind) => sealedBy(THINKERS[group], LETTERS[kind]),
  other: (group, kind) => sealedBy(THINKERS[elsewhere(group)], LETTERS[kind]),
  unknown: (group, kind) => sealedBy(THINKERS[group], LETTERS[kind], hmacOf("former")),
  raw: () => RAW,
  foreign: () => RAW,
  unsigned: () => null,
};
const STANDINGS = Object.keys(SIGNATURES) as Standing[];
const ROWS = GROUPS.flatMap((group) =>
  KINDS.flatMap((kind) => STANDINGS.map((standing) => ({ group, kind, standing }))),
);

const signatureOf = (block: Block | undefined) => {
  if (block?.kind === "redacted-thinking") return block.data;
  return block && "signature" in block ? block.signature : undefined;
};

/** An answer with such a block, as it is sent to an upstream of that group. */
function sent({ group, kind, standing }: (typeof ROWS)[number]) {
  const signature = SIGNATURES[standing](group, kind);
  const face = standing === "foreign" ? elsewhere(group) : group;
  const turns = [answers(toolCall("first"), signedBlock(kind, signature)), says("go on")];
  return { signature, ...openFor(THINKERS[group], turns, { face }) };
}

describe("the table of fates", () => {
  it.each(ROWS)("is what becomes of $kind, $standing, for $group", (row) => {
    const fate = FATES[row.group][row.kind][row.standing];
    const { signature, turns, losses } = sent(row);
    const [, block, ...more] = turns[0]?.blocks ?? [];
    expect(more).toEqual([]);
    const sure = { restore: RAW, keep: signature, downgrade: null, drop: undefined };
    expect(signatureOf(block)).toBe(sure[fate]);
    expect(losses).toEqual(fate === "drop" ? [{ kind: "thought", detail: row.kind }] : []);
  });

  it("sends no upstream an envelope, nor a signature that another one made", () => {
    for (const row of ROWS.filter(({ standing }) => /own|other|unknown/.test(standing))) {
      const { blocks } = sent(row);
      const signatures = blocks.map(signatureOf).filter((one) => typeof one === "string");
      const restored = FATES[row.group][row.kind][row.standing] === "restore";
      expect(signatures, Object.values(row).join(" ")).toEqual(restored ? [RAW] : []);
    }
  });

  it("restores what the upstream made itself, wherever it can carry it", () => {
    const carried = ROWS.filter(
      ({ group, kind, standing }) =>
        standing === "own" && group !== "openai-chat" && kind === "thinking",
    );
    expect(carried.map(({ group, kind }) => FATES[group][kind].own)).toEqual([
      "restore",
      "restore",
      "restore",
    ]);
    expect(FATES.gemini["tool-call"].own).toBe("restore");
    expect(FATES.anthropic["redacted-thinking"].own).toBe("restore");
  });
});
