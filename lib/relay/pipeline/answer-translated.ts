import { AppError } from "../../shared/errors";
import { encode } from "../stream/bytes";
import type { Call } from "./call";
import type { Passage } from "./passage";
import { lossHeaders, streamHeaders, wholeHeaders } from "./reply-headers";

/**
 * Answers the caller with an upstream's whole answer in another format: as a stream where the caller asked
 * for one. Throws AppError("upstream_broken") for an answer that cannot be read; then nothing was sent.
 */
export function answerTranslated(call: Call, passage: Passage, answer: Uint8Array): void {
  const { reply, requestId, facts } = call;
  const { translation } = passage;
  if (!translation) throw new AppError("internal", "This answer passes as it is.");
  if (facts.action === "count") {
    answerWhole(
      call,
      passage,
      encode(JSON.stringify(call.protocol.countAnswer(counted(passage, answer)))),
    );
    return;
  }
  const { body, losses } = translation.whole(answer);
  if (facts.stream === null) {
    answerWhole(call, { ...passage, losses: [...passage.losses, ...losses] }, body);
    return;
  }
  reply.begin(200, { ...streamHeaders(facts.stream, requestId), ...lossHeaders(passage.losses) });
  reply.write(body);
  reply.end();
}

function answerWhole({ reply, requestId }: Call, { losses }: Passage, body: Uint8Array): void {
  const headers = wholeHeaders("application/json", requestId, body.length);
  reply.whole(200, { ...headers, ...lossHeaders(losses) }, body);
}

function counted({ translation }: Passage, answer: Uint8Array): number {
  const tokens = translation?.count(answer) ?? null;
  if (tokens !== null) return tokens;
  throw new AppError("upstream_broken", "The upstream's count of tokens cannot be read.");
}
