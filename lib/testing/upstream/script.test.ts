import { expect, it } from "vitest";
import type { Conversation } from "./conversation";
import { readDirections, withoutMarkers } from "./directions";
import { answerFor, blockTokens } from "./script";

const BASH = { name: "Bash", schema: { type: "object", properties: { command: {} } } };

function talk(more: Partial<Conversation> = {}): Conversation {
  return {
    model: "m",
    prompt: "Do it",
    turnText: "Do it",
    rounds: 0,
    results: [],
    tools: [],
    forcedTool: null,
    toolsOff: false,
    parallelCalls: true,
    canSearch: false,
    outputSchema: null,
    maxOutputTokens: null,
    stopSequences: [],
    thinking: "off",
    ...more,
  };
}

function play(markers: string, more: Partial<Conversation> = {}) {
  return answerFor(talk(more), readDirections(markers));
}

function callsOf(answer: ReturnType<typeof play>) {
  return answer.blocks.flatMap((block) => (block.kind === "call" ? [block] : []));
}

it("reads markers anywhere in a text, the last of a name winning", () => {
  const wish = readDirections("a [[tokens:5]] b [[delay:20]]", "[[tokens:9]]");
  expect(wish).toMatchObject({ tokens: 9, delayMs: 20, scenario: null });
  expect(readDirections("[[scenario:tool-loop-4]]")).toMatchObject({
    scenario: "tool-loop",
    scenarioSize: 4,
  });
  expect(withoutMarkers("Say [[tokens:5]] hello ")).toBe("Say  hello");
});

it("starts a loop for a shell tool by itself, unless a text is wished for", () => {
  expect(play("", { tools: [BASH] }).stop).toBe("calls");
  expect(play("[[text:no]]", { tools: [BASH] }).blocks).toEqual([{ kind: "text", text: "no" }]);
  expect(play("", { tools: [BASH], toolsOff: true }).stop).toBe("end");
});

it("prints another number in each round and for each prompt, always the same one", () => {
  const command = (more: Partial<Conversation>) =>
    callsOf(play("", { tools: [BASH], ...more }))[0]?.args.command;
  expect(command({})).toMatch(/^echo \d{4}$/);
  expect(command({})).toBe(command({}));
  expect(command({ rounds: 1 })).not.toBe(command({}));
  expect(command({ prompt: "Do that" })).not.toBe(command({}));
});

it("loads a tool that is wished for but not there yet", () => {
  const finder = { name: "ToolSearch", schema: { type: "object", properties: { query: {} } } };
  const markers = "[[tool:WebSearch]][[scenario:tool-loop-3]]";
  expect(callsOf(play(markers, { tools: [BASH, finder] }))[0]).toMatchObject({
    name: "ToolSearch",
    args: { query: "select:WebSearch" },
  });
  const found = { name: "WebSearch", schema: {} };
  expect(callsOf(play(markers, { tools: [finder, found], rounds: 1 }))[0]?.name).toBe("WebSearch");
});

it("never exceeds the limit of output tokens, thoughts included", () => {
  for (const maxOutputTokens of [1, 10, 24, 30, 60]) {
    const answer = play("[[tokens:50]]", { maxOutputTokens, thinking: "shown" });
    const tokens = answer.blocks.reduce((sum, block) => sum + blockTokens(block), 0);
    expect(tokens).toBe(maxOutputTokens);
    expect(answer.stop).toBe("length");
  }
});

it("says what the tools answered once the loop is over", () => {
  const results = [{ callId: "1", text: "one\n" }];
  const answer = play("[[scenario:tool-loop-2]]", { tools: [BASH], rounds: 1, results });
  expect(answer.blocks).toEqual([{ kind: "text", text: "The tools answered: one" }]);
});
