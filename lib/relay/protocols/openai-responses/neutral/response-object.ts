import type { Usage } from "../../../model";
import type { FinishReason } from "../../../neutral-answer";
import { fields } from "../../json-fields";
import { writeResponsesUsage } from "../../openai-usage";
import { type Fields, stated } from "../../own-extra";
import type { AnswerFacts } from "../../translator";
import { ownFields } from "./own-extra";

/** How an answer stands while it is written. */
interface ResponseState {
  id: string | null;
  output: readonly Fields[];
  usage: Usage | null;
  /** null while it runs. */
  finish: FinishReason | null;
  /** What the upstream's own response states besides. */
  own: Fields;
}

const INCOMPLETE: Readonly<Partial<Record<FinishReason, string>>> = {
  length: "max_output_tokens",
  "context-exceeded": "max_output_tokens",
  refusal: "content_filter",
};

/** The event that ends an answer. */
export function lastEvent(finish: FinishReason, own: Fields): string {
  const isIncomplete =
    own.status === undefined ? finish in INCOMPLETE : own.status === "incomplete";
  return isIncomplete ? "response.incomplete" : "response.completed";
}

/**
 * The response object. What the upstream did not state is as the call asked for it.
 * @see https://platform.openai.com/docs/api-reference/responses/object
 */
export function responseObject(state: ResponseState, facts: AnswerFacts): Fields {
  const { id, output, usage, finish, own } = state;
  const isOwn = own.status !== undefined;
  return {
    id: isOwn || id?.startsWith("resp_") ? id : `resp_${stem(facts)}`,
    object: "response",
    created_at: Math.floor(facts.nowMs / 1000),
    ...(isOwn ? {} : { ...statusOf(finish), ...asked(facts) }),
    usage: usage && writeResponsesUsage(usage),
    ...own,
    model: facts.model,
    output,
  };
}

/** Of ids made here: the request's own, and the item's number. */
export function stem({ requestId }: AnswerFacts): string {
  return requestId.replace(/^req_/, "");
}

function statusOf(finish: FinishReason | null) {
  const reason = finish && INCOMPLETE[finish];
  const done = reason ? "incomplete" : "completed";
  return {
    status: finish === null ? "in_progress" : done,
    background: false,
    error: null,
    incomplete_details: reason ? { reason } : null,
  };
}

function asked({ call }: AnswerFacts): Fields {
  const { system, maxOutputTokens, sampling, reasoning, toolChoice, verbosity, extra } = call;
  const given = ownFields(extra);
  const choice = toolChoice?.kind === "any" ? "required" : toolChoice?.kind;
  return {
    instructions: system.length > 0 ? system.map(({ text }) => text).join("\n\n") : null,
    max_output_tokens: maxOutputTokens,
    parallel_tool_calls: call.parallelTools ?? true,
    previous_response_id: null,
    reasoning: { effort: reasoning?.effort ?? null, summary: reasoning?.summary ?? null },
    // Nothing is kept here for a later call.
    store: false,
    temperature: sampling.temperature ?? 1,
    text: { format: { type: "text" }, ...stated({ verbosity }), ...fields(given.text) },
    tool_choice: choice === "none" || choice === "required" ? choice : "auto",
    tools: [],
    top_p: sampling.topP ?? 1,
    truncation: "disabled",
    user: null,
    metadata: fields(given.metadata),
  };
}
