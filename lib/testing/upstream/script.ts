import { fnv1a } from "../../shared/fnv1a";
import type { Answer, AnswerBlock, AnswerCall, AnswerStop } from "./answer";
import type { Conversation, OfferedTool } from "./conversation";
import type { Directions } from "./directions";
import { objectOf } from "./json";
import { sampleOf } from "./schema-sample";
import { countTokens, fillerText, firstTokens } from "./tokens";

/** Thinking tokens of an answer whose directions name no number. */
const USUAL_THINKING_TOKENS = 24;
const USUAL_BIG_EVENT_BYTES = 1_048_576;
const SHELL_TOOLS: ReadonlySet<string> = new Set([
  "Bash",
  "bash",
  "run_shell_command",
  "shell",
  "shell_command",
  "exec_command",
]);
/** Claude Code's tool that loads deferred tools. */
const FINDER_TOOL = "ToolSearch";
const MULTIBYTE_TEXT = "你好，世界！数据流 — naïve café, Ελληνικά, 👩‍👩‍👧‍👦🌍🚀 한국어 ✓ ";

/**
 * Decides what the model says. A pure function: the state of a tool loop is read from the
 * conversation itself, so that any number of fakes behind a relay continue each other's loops.
 *
 * Without a scenario: a forced tool is called, an output schema is filled, a shell tool (`SHELL_TOOLS`)
 * starts a loop of three turns, everything else gets a text made of the prompt.
 * Scenarios (`[[scenario:<name>-<number>]]`): text, tool-loop-<turns>, parallel-tools-<calls>, thinking,
 * redacted-thinking, multibyte-<repeats>, big-event-<bytes>, web-search, refusal, content-filter,
 * malformed-call, prompt-blocked, no-content. Other markers: `Directions`, `promptFaults`.
 */
export function answerFor(talk: Conversation, wish: Directions): Answer {
  const said = choose(talk, wish);
  const blocks = [...thoughts(talk, wish, said), ...said.blocks];
  const answer: Answer = {
    blocks,
    stop: said.stop,
    stopSequence: null,
    eventTokens: said.eventTokens ?? wish.eventTokens,
    delayMs: wish.delayMs,
    firstMs: wish.firstMs,
    chunkBytes: wish.chunkBytes ?? said.chunkBytes ?? null,
  };
  return withinLimit(atStopSequence(answer, talk.stopSequences), talk.maxOutputTokens);
}

/** Output tokens of one block. */
export function blockTokens(block: AnswerBlock): number {
  if (block.kind === "redacted-thinking") return block.tokens;
  if (block.kind === "call") return countTokens(block.name) + countTokens(callText(block));
  return countTokens(block.kind === "search" ? block.query : block.text);
}

/** What a tool is called with, as text: its arguments as JSON, or the free text of a custom tool. */
export function callText(call: AnswerCall): string {
  return call.input ?? JSON.stringify(call.args);
}

interface Said {
  blocks: readonly AnswerBlock[];
  stop: AnswerStop;
  eventTokens?: number;
  chunkBytes?: number;
  /** The scenario has thoughts even when the caller asked for none. */
  thinks?: boolean;
}

type Scenario = (talk: Conversation, wish: Directions) => Said;

function choose(talk: Conversation, wish: Directions): Said {
  if (talk.outputSchema !== null) {
    return text(JSON.stringify(sampleOf(talk.outputSchema)));
  }
  if (talk.forcedTool !== null) return callForced(talk, talk.forcedTool);
  const scenario = wish.scenario === null ? undefined : SCENARIOS[wish.scenario];
  if (scenario !== undefined) return scenario(talk, wish);
  if (wish.text !== null || wish.tokens !== null) return plainText(talk, wish);
  if (talk.canSearch && talk.tools.length === 0) return webSearch(talk);
  if (talk.tools.some((tool) => SHELL_TOOLS.has(tool.name))) return toolLoop(talk, wish);
  return plainText(talk, wish);
}

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  text: plainText,
  "tool-loop": toolLoop,
  "parallel-tools": parallelTools,
  thinking: (talk, wish) => ({ ...plainText(talk, wish), thinks: true }),
  "redacted-thinking": (talk, wish) => {
    const said = plainText(talk, wish);
    return {
      ...said,
      blocks: [{ kind: "redacted-thinking", tokens: USUAL_THINKING_TOKENS }, ...said.blocks],
    };
  },
  multibyte: (_talk, wish) => ({
    ...text(MULTIBYTE_TEXT.repeat(wish.scenarioSize ?? 8)),
    // 5 is prime to the lengths 2, 3 and 4 of UTF-8 sequences: every kind of split happens.
    chunkBytes: 5,
  }),
  "big-event": (_talk, wish) => ({
    ...text("x".repeat(wish.scenarioSize ?? USUAL_BIG_EVENT_BYTES)),
    eventTokens: Number.POSITIVE_INFINITY,
  }),
  "web-search": webSearch,
  refusal: () => ({ ...text("I can't help with that."), stop: "refusal" }),
  "content-filter": (talk, wish) => ({ ...plainText(talk, wish), stop: "content-filter" }),
  "malformed-call": () => ({ blocks: [], stop: "malformed-call" }),
  "prompt-blocked": () => ({ blocks: [], stop: "prompt-blocked" }),
  "no-content": () => ({ blocks: [], stop: "no-content" }),
};

function text(body: string): Said {
  return { blocks: body === "" ? [] : [{ kind: "text", text: body }], stop: "end" };
}

function plainText(talk: Conversation, wish: Directions): Said {
  if (wish.text !== null) return text(wish.text);
  if (wish.tokens !== null) return text(fillerText(wish.tokens));
  return text(`You said: ${firstTokens(talk.prompt, 100)}`);
}

/** Calls a tool in each turn but the last, then tells what the tools answered. */
function toolLoop(talk: Conversation, wish: Directions): Said {
  const tool = loopTool(talk, wish);
  const turns = wish.scenarioSize ?? 3;
  if (tool === null) return plainText(talk, wish);
  if (talk.rounds >= turns - 1) return tellResults(talk);
  const lead: AnswerBlock = { kind: "text", text: `Step ${talk.rounds + 1} of ${turns}.` };
  return { blocks: [lead, callOf(tool, talk, 0, wish.tool)], stop: "calls" };
}

function parallelTools(talk: Conversation, wish: Directions): Said {
  const tool = loopTool(talk, wish);
  if (tool === null) return plainText(talk, wish);
  if (talk.rounds > 0) return tellResults(talk);
  const length = talk.parallelCalls ? (wish.scenarioSize ?? 3) : 1;
  const calls = Array.from({ length }, (_, i) => callOf(tool, talk, i));
  return { blocks: calls, stop: "calls" };
}

function tellResults(talk: Conversation): Said {
  const results = talk.results.map((result) => firstTokens(result.text.trim(), 200));
  return text(`The tools answered: ${results.join(" | ")}`);
}

function callForced(talk: Conversation, name: string): Said {
  if (name === "web_search" && talk.canSearch) return webSearch(talk);
  const tool = talk.tools.find((offered) => offered.name === name);
  return { blocks: [callOf(tool ?? { name, schema: {} }, talk, 0)], stop: "calls" };
}

function webSearch(talk: Conversation): Said {
  const query = firstTokens(talk.prompt, 20);
  const results = [1, 2].map((n) => ({
    url: `https://example.com/${n}`,
    title: `Result ${n} for ${query}`,
  }));
  return {
    blocks: [
      { kind: "search", query, results },
      { kind: "text", text: `Found 2 pages about ${query}.` },
    ],
    stop: "end",
  };
}

function loopTool(talk: Conversation, wish: Directions): OfferedTool | null {
  if (talk.toolsOff) return null;
  if (wish.tool !== null) {
    const named = talk.tools.find((tool) => tool.name === wish.tool);
    return named ?? talk.tools.find((tool) => tool.name === FINDER_TOOL) ?? null;
  }
  return talk.tools.find((tool) => SHELL_TOOLS.has(tool.name)) ?? talk.tools[0] ?? null;
}

/**
 * A shell tool gets `echo <number>`; the number depends on the prompt, the round and the place. The
 * tool that finds others is asked for the one that is wanted.
 */
function callOf(
  tool: OfferedTool,
  talk: Conversation,
  place: number,
  wanted: string | null = null,
): AnswerBlock {
  const number = numberFrom(`${talk.prompt}#${talk.rounds}#${place}`);
  const args = { ...objectOf(sampleOf(tool.schema)) };
  if (SHELL_TOOLS.has(tool.name)) Object.assign(args, shellArgs(tool, number));
  if (tool.name === FINDER_TOOL && wanted !== null) args.query = `select:${wanted}`;
  const group = tool.namespace === undefined ? {} : { namespace: tool.namespace };
  const input = tool.custom === true ? { input: `echo ${number}` } : {};
  return { kind: "call", name: tool.name, args, ...group, ...input };
}

/** Shells differ in where the command goes, and in whether it is one text or a list of words. */
function shellArgs(tool: OfferedTool, number: number): Record<string, unknown> {
  const fields = objectOf(objectOf(tool.schema).properties);
  const command = `echo ${number}`;
  if (fields.cmd !== undefined) return { cmd: command };
  const inWords = objectOf(fields.command).type === "array";
  if (inWords) return { command: ["bash", "-lc", command] };
  return { command, description: `Print ${number}` };
}

/** A number of four digits that depends on the text alone. */
function numberFrom(seed: string): number {
  return 1000 + (fnv1a(seed) % 9000);
}

function thoughts(talk: Conversation, wish: Directions, said: Said): AnswerBlock[] {
  const wanted = talk.thinking !== "off" || said.thinks === true || wish.thinking !== null;
  const tokens = wish.thinking ?? USUAL_THINKING_TOKENS;
  if (!wanted || tokens === 0) return [];
  return [{ kind: "thinking", text: fillerText(tokens) }];
}

function atStopSequence(answer: Answer, sequences: readonly string[]): Answer {
  for (const [index, block] of answer.blocks.entries()) {
    if (block.kind !== "text") continue;
    const met = sequences
      .filter((sequence) => sequence !== "" && block.text.includes(sequence))
      .sort((a, b) => block.text.indexOf(a) - block.text.indexOf(b))[0];
    if (met === undefined) continue;
    const kept = { ...block, text: block.text.slice(0, block.text.indexOf(met)) };
    const blocks = [...answer.blocks.slice(0, index), kept];
    return { ...answer, blocks, stop: "stop-sequence", stopSequence: met };
  }
  return answer;
}

/** Cuts the answer at the caller's limit of output tokens, thoughts included, as both providers do. */
function withinLimit(answer: Answer, limit: number | null): Answer {
  let left = limit ?? Number.POSITIVE_INFINITY;
  const blocks: AnswerBlock[] = [];
  for (const block of answer.blocks) {
    const tokens = blockTokens(block);
    if (tokens <= left) {
      blocks.push(block);
      left -= tokens;
      continue;
    }
    const cuttable = block.kind === "text" || block.kind === "thinking";
    if (cuttable && left > 0) blocks.push({ ...block, text: firstTokens(block.text, left) });
    return { ...answer, blocks, stop: "length" };
  }
  return answer;
}
