import { setTimeout as sleep } from "node:timers/promises";
import { expect, vi } from "vitest";
import { fillerText } from "../../../lib/testing/upstream/tokens";
import { PDF, PNG, type Told, type ToolUse } from "./face";
import { arrived, type Cell } from "./stage";

const TEXT = 'Grüße, 世界! 👩‍👩‍👧‍👦 It\'s "fine" \\ ok.';
const SCHEMA = {
  type: "object",
  properties: { city: { type: "string" }, count: { type: "integer" } },
  required: ["city", "count"],
  additionalProperties: false,
} as const;
const LONG_TOKENS = 3_000;

/** Everything that a cell must carry, by its name in the table. */
export const FEATURES: Readonly<Record<string, (cell: Cell) => Promise<void>>> = {
  text: async (cell) => {
    const { told } = await asked(cell, `[[text:${TEXT}]]`);
    expect(told).toMatchObject({ text: TEXT, stop: "end", uses: [] });
  },
  "tool loop": (cell) => toolLoop(cell, false),
  "parallel tools": async (cell) => {
    const { mark, talk } = cell.talk({ tool: true });
    talk.say([{ kind: "text", text: `${mark} [[scenario:parallel-tools-3]]` }]);
    const told = await talk.next(cell);
    expect(told.stop).toBe("tools");
    expect(told.uses.map(commandOf)).toEqual(
      [0, 1, 2].map(() => expect.stringMatching(/^echo \d+$/)),
    );
    expect(new Set(told.uses.map(({ id }) => id)).size).toBe(3);
    talk.answerTools(told.uses.map((use, i) => ({ use, text: `result ${i}` })));
    const last = await talk.next(cell);
    expect(last.text).toBe("The tools answered: result 0 | result 1 | result 2");
  },
  "tool-result image": (cell) => toolLoop(cell, true),
  image: async (cell) => {
    const { mark, talk } = cell.talk();
    talk.say([{ kind: "text", text: `${mark} [[text:seen]]` }, { kind: "image" }]);
    expect((await talk.next(cell)).text).toBe("seen");
    expect(arrived(cell, mark).map(({ body }) => body.includes(PNG))).toEqual([true]);
  },
  PDF: async (cell) => {
    const { mark, talk } = cell.talk();
    talk.say([{ kind: "text", text: `${mark} [[text:read]]` }, { kind: "pdf" }]);
    expect((await talk.next(cell)).text).toBe("read");
    expect(arrived(cell, mark).map(({ body }) => body.includes(PDF))).toEqual([true]);
  },
  thinking: async (cell) => {
    const { mark, talk } = cell.talk({ thinking: true });
    talk.say([{ kind: "text", text: `${mark} [[thinking:40]][[text:thought]]` }]);
    const told = await talk.next(cell);
    expect(told.text).toBe("thought");
    const [sent] = arrived(cell, mark);
    expect(sent?.body).toMatch(/"(thinking|thinkingConfig|reasoning|reasoning_effort)":/);
    expect(told.thoughts.trim()).toBe(showsThoughts(cell) ? fillerText(40).trim() : "");
    talk.say([{ kind: "text", text: "[[text:and again]]" }]);
    expect((await talk.next(cell)).text).toBe("and again");
  },
  "structured output": async (cell) => {
    const { mark, talk } = cell.talk({ schema: SCHEMA });
    talk.say([{ kind: "text", text: `${mark} Where, and how many?` }]);
    const told = await talk.next(cell);
    const parsed: unknown = JSON.parse(told.text);
    expect(parsed).toEqual({ city: expect.any(String), count: expect.any(Number) });
    expect(arrived(cell, mark)[0]?.body).toContain('"city"');
  },
  "long stream": async (cell) => {
    const { told } = await asked(cell, `[[tokens:${LONG_TOKENS}]]`);
    expect(told.text).toBe(fillerText(LONG_TOKENS));
  },
  abort: async (cell) => {
    const { mark, talk } = cell.talk();
    const slow = cell.stream ? "[[tokens:4000]][[delay:5]]" : "[[first:5000]]";
    talk.say([{ kind: "text", text: `${mark} ${slow}` }]);
    const controller = new AbortController();
    const leave = () => controller.abort();
    if (!cell.stream) setTimeout(leave, 300);
    const running = talk.next({ stream: cell.stream, signal: controller.signal, onPiece: leave });
    await expect(running).rejects.toThrow();
    const isClosed = () => arrived(cell, mark)[0]?.entry.closedByClientAtMs !== null;
    await vi.waitFor(() => expect(isClosed()).toBe(true), { timeout: 3_000 });
  },
  "error before": async (cell) => {
    const { mark, talk } = cell.talk();
    talk.say([{ kind: "text", text: `${mark} [[fault:status-400]]` }]);
    await expect(talk.next(cell)).rejects.toMatchObject({ status: 400 });
  },
  "error inside": async (cell) => {
    const { mark, talk } = cell.talk();
    const fault = cell.stream ? "error-event-4" : "cut-reset-1";
    talk.say([{ kind: "text", text: `${mark} [[tokens:200]][[fault:${fault}]]` }]);
    await expect(ending(talk.next(cell))).resolves.toBe("failed");
  },
  usage: async (cell) => {
    const { told, mark } = await asked(cell, "[[tokens:77]]");
    const planned = arrived(cell, mark)[0]?.entry.plannedUsage;
    const { input = 0, cacheRead = 0, cacheWrite5m = 0, cacheWrite1h = 0, output } = planned ?? {};
    expect(told.usage).toEqual({ input: input + cacheRead + cacheWrite5m + cacheWrite1h, output });
  },
};

/**
 * An upstream of Chat Completions counts thoughts and never tells them. A client of it has no field to ask
 * for them: it is told those that an upstream tells unasked.
 */
function showsThoughts({ face, upstream }: Cell): boolean {
  if (upstream === "openai-chat") return false;
  return face.id !== "openai-chat" || upstream === "anthropic";
}

async function asked(cell: Cell, directions: string): Promise<{ told: Told; mark: string }> {
  const { mark, talk } = cell.talk();
  talk.say([{ kind: "text", text: `${mark} ${directions}` }]);
  return { told: await talk.next(cell), mark };
}

async function toolLoop(cell: Cell, withImage: boolean): Promise<void> {
  const { mark, talk } = cell.talk({ tool: true });
  talk.say([{ kind: "text", text: `${mark} [[scenario:tool-loop-3]]` }]);
  for (let round = 1; round <= 2; round++) {
    const told = await talk.next(cell);
    expect(told).toMatchObject({ text: `Step ${round} of 3.`, stop: "tools" });
    expect(told.uses.map(commandOf)).toEqual([expect.stringMatching(/^echo \d+$/)]);
    talk.answerTools(told.uses.map((use) => ({ use, text: `result ${round}`, withImage })));
  }
  const last = await talk.next(cell);
  expect(last).toMatchObject({ text: expect.stringContaining("result 2"), stop: "end" });
  const seen = arrived(cell, mark).map(({ body, entry: { refusal } }) => [
    refusal,
    body.includes(PNG),
  ]);
  expect(seen).toEqual([false, withImage, withImage].map((image) => [null, image]));
}

function commandOf({ input }: ToolUse): unknown {
  return (input as { command?: unknown }).command;
}

/** An error that is told, or a cut: anything but an answer that looks whole. */
async function ending(running: Promise<Told>): Promise<string> {
  const late = sleep(10_000, "silent", { ref: false });
  const told = running.then(
    ({ stop }) => (stop === "other" ? "failed" : "looks whole"),
    () => "failed",
  );
  return Promise.race([told, late]);
}
