import { chatUsage } from "../openai/usage";
import type { StreamEvent } from "../reply";
import { blockTokens, callText } from "../script";
import { countTokens, cutByTokens } from "../tokens";
import { type ChatAnswer, callJson, FINISH_REASONS, isRefusal } from "./completion";

const DONE = "data: [DONE]\n\n";

/**
 * Writes an answer as chunks: role, pieces of the text, calls piece by piece, the reason to finish,
 * and, if it was asked for, the usage.
 * @see https://platform.openai.com/docs/api-reference/chat/streaming
 */
export function toChatStream(chat: ChatAnswer, withUsage: boolean): StreamEvent[] {
  const events: StreamEvent[] = [];
  const reasoning = chat.usage.reasoning;
  // Thoughts are never shown: they were thought before the first chunk.
  let output = reasoning;
  const send = (choices: readonly unknown[], usage: unknown = null) => {
    const chunk = {
      id: chat.id,
      object: "chat.completion.chunk",
      created: chat.created,
      model: chat.model,
      service_tier: "default",
      system_fingerprint: "fp_fake",
      choices,
      ...(withUsage ? { usage } : {}),
    };
    events.push({ text: `data: ${JSON.stringify(chunk)}\n\n`, output, reasoning });
  };

  for (const piece of piecesOf(chat)) {
    for (const [index] of chat.calls.entries()) {
      output += piece.tokens;
      send([{ index, delta: piece.delta(index), logprobs: null, finish_reason: null }]);
    }
  }
  output = chat.usage.output;
  const finish_reason = FINISH_REASONS[chat.answer.stop];
  for (const [index] of chat.calls.entries()) {
    send([{ index, delta: {}, logprobs: null, finish_reason }]);
  }
  if (withUsage) send([], chatUsage(chat.usage));
  events.push({ text: DONE, output, reasoning });
  return events;
}

/** What one chunk adds; the same for each choice but for the ids of its calls. */
interface Piece {
  delta: (choice: number) => Record<string, unknown>;
  tokens: number;
}

function piecesOf(chat: ChatAnswer): Piece[] {
  const field = isRefusal(chat) ? "refusal" : "content";
  const texts = chat.answer.blocks.flatMap((block) =>
    block.kind === "text" ? cutByTokens(block.text, chat.answer.eventTokens) : [],
  );
  const spoken = texts.map(
    (text): Piece => ({ delta: () => ({ [field]: text }), tokens: countTokens(text) }),
  );
  const searched = chat.answer.blocks
    .filter((block) => block.kind === "search")
    .reduce((sum, block) => sum + blockTokens(block), 0);
  const cited: Piece[] =
    chat.annotations.length === 0
      ? []
      : [{ delta: () => ({ annotations: chat.annotations }), tokens: searched }];
  const called = (chat.calls[0] ?? []).flatMap((_, place) => callPieces(chat, place));
  return [opening(chat), ...spoken, ...cited, ...called];
}

function opening(chat: ChatAnswer): Piece {
  const silent = chat.text === "" && (chat.calls[0]?.length ?? 0) > 0;
  const delta = { role: "assistant", content: silent ? null : "", refusal: null };
  return { delta: () => delta, tokens: 0 };
}

function callPieces(chat: ChatAnswer, place: number): Piece[] {
  const call = chat.calls[0]?.[place]?.call;
  if (call === undefined) return [];
  const pieces = cutByTokens(callText(call), chat.answer.eventTokens);
  const counted = pieces.reduce((sum, piece) => sum + countTokens(piece), 0);
  const opened: Piece = {
    delta: (choice) => {
      const own = chat.calls[choice]?.[place];
      return { tool_calls: own === undefined ? [] : [{ index: place, ...callJson(own, "") }] };
    },
    tokens: blockTokens(call) - counted,
  };
  const rest = pieces.map((text): Piece => {
    const part =
      call.input === undefined ? { function: { arguments: text } } : { custom: { input: text } };
    return {
      delta: () => ({ tool_calls: [{ index: place, ...part }] }),
      tokens: countTokens(text),
    };
  });
  return [opened, ...rest];
}
