import { expect, it } from "vitest";
import { type NeutralCall, NO_SAMPLING, type Tool } from "../neutral";
import type { NeutralEvent } from "../neutral-answer";
import type { Block } from "../neutral-blocks";
import { runAll } from "../stream/machine";
import { fitNames } from "./fit-names";

const LONG = `mcp__${"very_long_server_name_".repeat(4)}__search`;

function tool(name: string, namespace: string | null = null): Tool {
  const none = { description: null, schema: null, strict: null, cache: null };
  return { kind: "function", name, namespace, deferred: false, ...none };
}

function use(name: string, id = "call_1"): Block {
  return { kind: "tool-call", id, name, input: "{}", signature: null, cache: null };
}

function result(callId: string, name = ""): Block {
  return { kind: "tool-result", callId, name, isError: false, content: [], cache: null };
}

function callWith(tools: readonly Tool[], blocks: readonly Block[] = []): NeutralCall {
  return {
    model: "m",
    stream: true,
    system: [],
    turns: blocks.length > 0 ? [{ role: "assistant", blocks }] : [],
    tools,
    toolChoice: null,
    parallelTools: null,
    maxOutputTokens: null,
    sampling: NO_SAMPLING,
    stop: [],
    output: null,
    reasoning: null,
    verbosity: null,
    candidates: null,
    logprobs: null,
    endUser: null,
    serviceTier: null,
    includeUsage: null,
  };
}

const namesOf = (call: NeutralCall) => call.tools.map(({ name }) => name);

it("leaves names alone that the target takes, and needs no way back then", () => {
  const call = callWith([tool("Bash"), tool("get_weather")], [use("Bash"), result("call_1")]);
  for (const target of ["anthropic", "gemini", "openai-chat", "openai-responses"] as const) {
    const fitted = fitNames(call, target);
    expect(fitted.call).toEqual(call);
    expect(fitted.restored).toBeNull();
  }
});

it("shortens what is too long to the same name in every turn, and restores it in the answer", () => {
  const call = {
    ...callWith([tool(LONG)], [use(LONG)]),
    toolChoice: { kind: "tool", name: LONG, namespace: null } as const,
  };
  const { call: fitted, restored, restoredBlock } = fitNames(call, "gemini");
  const [name = ""] = namesOf(fitted);
  expect(name).toMatch(/^[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}$/);
  expect(fitted.turns[0]?.blocks[0]).toMatchObject({ name });
  expect(fitted.toolChoice).toMatchObject({ name });
  const opened: NeutralEvent = { kind: "open", block: { kind: "tool-call", id: "1", name } };
  const machine = restored?.() ?? { push: (event: NeutralEvent) => [event], end: () => [] };
  expect(runAll(machine, [opened])).toMatchObject([{ block: { name: LONG } }]);
  expect(
    restoredBlock({ kind: "tool-call", id: "1", name, input: "", signature: null, cache: null }),
  ).toMatchObject({ name: LONG });
});

it("tells two long names apart that begin alike", () => {
  const { call } = fitNames(callWith([tool(`${LONG}_a`), tool(`${LONG}_b`)]), "openai-chat");
  expect(new Set(namesOf(call)).size).toBe(2);
});

it("replaces characters that a target does not take", () => {
  const dotted = callWith([tool("fs.read:file")]);
  expect(namesOf(fitNames(dotted, "gemini").call)).toEqual(["fs.read:file"]);
  expect(namesOf(fitNames(dotted, "anthropic").call)[0]).toMatch(/^fs_read_file_[a-z0-9]+$/);
});

it("changes an id that is refused in the call and in its result alike", () => {
  const id = `functions.read:${"9".repeat(90)}`;
  const { call } = fitNames(callWith([], [use("read", id), result(id)]), "openai-responses");
  const [one, two] = call.turns[0]?.blocks ?? [];
  expect(one).toMatchObject({ kind: "tool-call", id: expect.stringMatching(/^[\w-]{1,64}$/) });
  expect(two).toMatchObject({ callId: one?.kind === "tool-call" ? one.id : "" });
});

it("flattens groups of functions for those who know none, and gives the group back", () => {
  const extra = { protocol: "openai-responses", fields: { namespace: "agents" } } as const;
  const history: Block = { ...(use("spawn") as Extract<Block, { kind: "tool-call" }>), extra };
  const call = callWith([tool("spawn", "agents")], [history]);
  const { call: fitted, restoredBlock } = fitNames(call, "anthropic");
  expect(fitted.tools[0]).toMatchObject({ name: "agents__spawn", namespace: null });
  expect(fitted.turns[0]?.blocks[0]).toMatchObject({ name: "agents__spawn" });
  expect(fitted.turns[0]?.blocks[0]).not.toHaveProperty("extra");
  const block = {
    kind: "tool-call",
    id: "1",
    name: "agents__spawn",
    input: "",
    signature: null,
    cache: null,
  } as const;
  expect(restoredBlock(block)).toMatchObject({ name: "spawn", extra });
});

it("keeps groups for those who know them", () => {
  const { call, restored } = fitNames(callWith([tool("spawn", "agents")]), "openai-responses");
  expect(call.tools[0]).toMatchObject({ name: "spawn", namespace: "agents" });
  expect(restored).toBeNull();
});
