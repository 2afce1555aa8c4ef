import type { UpstreamCall } from "../call";
import { type Reply, wholeReply } from "../reply";
import type { UpstreamWorld } from "../world";
import { OpenAiRefusal, openaiHeaders } from "./failure";
import { findOpenAiModel, listOpenAiModels } from "./models";
import { openaiSpeech } from "./speech";

/** The list of models, which all of OpenAI's protocols share. */
export const openaiModelsSpeech = openaiSpeech({
  "list-models": listModels,
  "get-model": getModel,
});

function listModels(call: UpstreamCall, world: UpstreamWorld): Reply {
  const ids = listOpenAiModels(world.extraModels).flatMap(({ id, alias, created }) =>
    [...new Set([alias, id])].map((name) => modelJson(name, created)),
  );
  const body = JSON.stringify({ object: "list", data: ids });
  return wholeReply(200, openaiHeaders(call.id), body);
}

function getModel(call: UpstreamCall, world: UpstreamWorld): Reply {
  const model = findOpenAiModel(call.model, world.extraModels);
  if (model === null) {
    throw new OpenAiRefusal(
      404,
      `The model '${call.model}' does not exist`,
      "model",
      "model_not_found",
    );
  }
  const body = JSON.stringify(modelJson(call.model, model.created));
  return wholeReply(200, openaiHeaders(call.id), body);
}

function modelJson(id: string, created: number): unknown {
  return { id, object: "model", created, owned_by: "system" };
}
