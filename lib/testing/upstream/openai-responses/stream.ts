import { type Json, listOf, objectOf, textOf } from "../json";
import type { StreamEvent } from "../reply";
import { countTokens, cutByTokens } from "../tokens";
import { INCOMPLETE, type OutputItem, responseJson, type WireResponse } from "./response";

/** One event before its number: name, fields, and the tokens that it delivers. */
interface Step {
  type: string;
  fields: Json;
  tokens: number;
}

/**
 * Writes a response as events, each with its number: created, in_progress, then each item from added
 * to done with all that lies between, then completed or incomplete.
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export function toResponsesStream(response: WireResponse): StreamEvent[] {
  const events: StreamEvent[] = [];
  let output = 0;
  let reasoning = 0;
  const add = (type: string, fields: Json) => {
    const data = JSON.stringify({ type, sequence_number: events.length, ...fields });
    events.push({ text: `event: ${type}\ndata: ${data}\n\n`, output, reasoning });
  };

  add("response.created", { response: responseJson(response, "in_progress") });
  add("response.in_progress", { response: responseJson(response, "in_progress") });
  for (const [output_index, item] of response.items.entries()) {
    for (const step of stepsOf(item, response.answer.eventTokens)) {
      output += step.tokens;
      if (item.thought) reasoning += step.tokens;
      add(step.type, { output_index, ...step.fields });
    }
  }
  output = response.usage.output;
  reasoning = response.usage.reasoning;
  const end = INCOMPLETE[response.answer.stop] === undefined ? "completed" : "incomplete";
  add(`response.${end}`, { response: responseJson(response, "done") });
  return events;
}

/** An item from its opening to its end. Tokens that no delta carries come with the end. */
function stepsOf(item: OutputItem, eventTokens: number): Step[] {
  const { json } = item;
  const inner = INNER[textOf(json.type)]?.(json, eventTokens) ?? [];
  const counted = inner.reduce((sum, step) => sum + step.tokens, 0);
  return [
    step("response.output_item.added", { item: { ...json, ...OPENED[textOf(json.type)] } }),
    ...inner,
    { ...step("response.output_item.done", { item: json }), tokens: item.tokens - counted },
  ];
}

/** What an item looks like when it is opened. */
const OPENED: Readonly<Record<string, Json>> = {
  message: { status: "in_progress", content: [] },
  reasoning: { summary: [] },
  function_call: { status: "in_progress", arguments: "" },
  custom_tool_call: { status: "in_progress", input: "" },
  web_search_call: { status: "in_progress", action: undefined },
};

const INNER: Readonly<Record<string, (json: Json, eventTokens: number) => Step[]>> = {
  message: messageSteps,
  reasoning: summarySteps,
  function_call: (json, eventTokens) =>
    textSteps(
      "response.function_call_arguments",
      "arguments",
      textOf(json.arguments),
      eventTokens,
      {
        item_id: json.id,
      },
    ),
  custom_tool_call: (json, eventTokens) =>
    textSteps("response.custom_tool_call_input", "input", textOf(json.input), eventTokens, {
      item_id: json.id,
    }),
  web_search_call: (json) =>
    ["in_progress", "searching", "completed"].map((state) =>
      step(`response.web_search_call.${state}`, { item_id: json.id }),
    ),
};

function messageSteps(json: Json, eventTokens: number): Step[] {
  const part = objectOf(listOf(json.content)[0]);
  const place = { item_id: json.id, content_index: 0 };
  const refused = part.type === "refusal";
  const field = refused ? "refusal" : "text";
  const opened = refused ? { ...part, refusal: "" } : { ...part, text: "", annotations: [] };
  const name = refused ? "response.refusal" : "response.output_text";
  const texts = textSteps(name, field, textOf(part[field]), eventTokens, place);
  const cited = listOf(part.annotations).map((annotation, annotation_index) =>
    step("response.output_text.annotation.added", { ...place, annotation_index, annotation }),
  );
  return [
    step("response.content_part.added", { ...place, part: opened }),
    ...texts.slice(0, -1),
    ...cited,
    ...texts.slice(-1),
    step("response.content_part.done", { ...place, part }),
  ];
}

function summarySteps(json: Json, eventTokens: number): Step[] {
  return listOf(json.summary).flatMap((part, summary_index) => {
    const place = { item_id: json.id, summary_index };
    const text = textOf(objectOf(part).text);
    return [
      step("response.reasoning_summary_part.added", {
        ...place,
        part: { type: "summary_text", text: "" },
      }),
      ...textSteps("response.reasoning_summary_text", "text", text, eventTokens, place),
      step("response.reasoning_summary_part.done", { ...place, part }),
    ];
  });
}

/** A text in pieces, and then whole. */
function textSteps(
  name: string,
  field: string,
  text: string,
  eventTokens: number,
  place: Json,
): Step[] {
  const logprobs = name === "response.output_text" ? { logprobs: [] } : {};
  const deltas = cutByTokens(text, eventTokens).map((delta) => ({
    ...step(`${name}.delta`, { ...place, delta, ...logprobs }),
    tokens: countTokens(delta),
  }));
  return [...deltas, step(`${name}.done`, { ...place, [field]: text, ...logprobs })];
}

function step(type: string, fields: Json): Step {
  return { type, fields, tokens: 0 };
}
