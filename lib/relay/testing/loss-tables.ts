import {
  type CellLosses,
  knownLosses,
  MATRIX_IDS,
  type MatrixId,
} from "../translation/known-losses";

const NAMES: Readonly<Record<MatrixId, string>> = {
  anthropic: "Anthropic Messages",
  "openai-chat": "OpenAI Chat",
  "openai-responses": "OpenAI Responses",
  gemini: "Gemini",
};

type Way = "call" | "answer";

/** The table of known losses as Markdown: how many per pair, then each with its reason. */
export function lossTables(): string {
  const cells = knownLosses();
  return [
    "### How many per pair",
    countTable(cells),
    ...MATRIX_IDS.flatMap((upstream) => [
      `### On the way to ${NAMES[upstream]}`,
      lossTable(
        cells.filter((cell) => cell.upstream === upstream),
        "call",
      ),
    ]),
    ...MATRIX_IDS.flatMap((face) => [
      `### On the way back to a client of ${NAMES[face]}`,
      lossTable(
        cells.filter((cell) => cell.face === face),
        "answer",
      ),
    ]),
  ].join("\n\n");
}

function countTable(cells: readonly CellLosses[]): string {
  const rows = MATRIX_IDS.map((face) => [
    `**${NAMES[face]}**`,
    ...MATRIX_IDS.map((upstream) => {
      const cell = cells.find((one) => one.face === face && one.upstream === upstream);
      return cell ? `${cell.call.length} there, ${cell.answer.length} back` : "bytes pass";
    }),
  ]);
  return table(["client \\ upstream", ...MATRIX_IDS.map((id) => NAMES[id])], rows);
}

/** A line per kind; a mark for each format of the other side that can state it. */
function lossTable(cells: readonly CellLosses[], way: Way): string {
  const other = way === "call" ? "face" : "upstream";
  const lines = new Map(cells.flatMap((cell) => cell[way]).map((line) => [line.kind, line]));
  const rows = [...lines.values()]
    .sort((a, b) => (a.kind < b.kind ? -1 : 1))
    .map(({ kind, why, see }) => [
      `\`${kind}\``,
      ...cells.map((cell) => (cell[way].some((line) => line.kind === kind) ? "●" : "")),
      `${why} ([documentation](${see}))`,
    ]);
  if (rows.length === 0) return "Nothing is lost.";
  const preposition = way === "call" ? "of" : "from";
  const heads = cells.map((cell) => `${preposition} ${NAMES[cell[other]]}`);
  return table(["kind", ...heads, "what is lost"], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (fields: readonly string[]) => `| ${fields.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
