import { AppError } from "../../shared/errors";
import type { Removal } from "../capabilities/removal";
import { type CallFacts, TRANSLATED_IDS, type TranslatedId } from "../model";
import type { NeutralCall } from "../neutral";
import type { AnswerBlock, NeutralAnswer, NeutralEvent } from "../neutral-answer";
import type { Loss } from "../neutral-loss";
import type { Protocol } from "../protocols/protocol";
import { protocolOf } from "../protocols/registry";
import type { AnswerFacts, Translator } from "../protocols/translator";
import type { Provider } from "../providers/provider";
import { spokenBy } from "../providers/spoken";
import { concat } from "../stream/bytes";
import { chain, type Machine } from "../stream/machine";
import { eventsOf } from "../translation/answers";
import { fitNames } from "../translation/fit-names";
import { mayHoldSeal } from "../translation/thoughts/envelope";
import { openThoughts } from "../translation/thoughts/open-thoughts";
import { namesToRecall } from "../translation/thoughts/recall";
import { sealAnswer } from "../translation/thoughts/seal-answer";
import { sealThoughts } from "../translation/thoughts/seal-thoughts";
import type { ThoughtRefusal } from "../translation/thoughts/thought-refusal";
import type { OpenFacts, SealFacts, Thinker } from "../translation/thoughts/thoughts";
import type { Taken } from "./admission";
import type { Call } from "./call";
import { failureTold } from "./in-band";

/** How a call travels to one account and how the answer comes back. */
export interface Passage {
  /** Format in which the upstream is spoken to. */
  spoken: Protocol;
  /** The call as that format sees it. */
  facts: CallFacts;
  body: Uint8Array;
  losses: readonly Loss[];
  /** What the upstream is known not to take, and is sent without. */
  removed: readonly Removal[];
  /** null where bytes pass as they are. */
  translation: Translation | null;
}

/** The way back of a translated call. */
export interface Translation {
  /** Bytes of a streamed answer into bytes of the client's; made once for an attempt. */
  stream(): AnswerStream;
  /** A whole answer; for a client that asked for a stream, as one. */
  whole(body: Uint8Array): { body: Uint8Array; losses: readonly Loss[] };
  /** An answer to a count of tokens. */
  count(body: Uint8Array): number | null;
}

export interface AnswerStream extends Machine<Uint8Array, Uint8Array> {
  /** A failure that the upstream told inside its answer and that only its reader can see. */
  failure(): AppError | null;
  /** Has the answer's own end been read? */
  finished(): boolean;
}

/**
 * Prepares a call's passages: what is read for one attempt serves the next ones too. After a refusal of
 * its thoughts a call is always read and written anew.
 */
export type Passages = (taken: Taken, refused?: ThoughtRefusal) => Passage | Promise<Passage>;

/**
 * Passages of one call. Bytes pass untouched where client and account speak the same format, unless the
 * conversation carries thoughts that the portal sealed for another one. A promise only where the store
 * has to be asked. Throws AppError("invalid_request") for a body that cannot be read.
 */
export function passagesFor(call: Call): Passages {
  let neutral: NeutralCall | null = null;
  const sealed = call.protocol.translator !== null && mayHoldSeal(call.body);
  const read = (from: Translator): NeutralCall => {
    neutral ??= from.readCall(call.body, call.facts);
    return neutral;
  };
  return (taken, refused) => {
    const { account, provider, sentModel } = taken;
    const spoken = protocolSpoken(call, provider);
    const from = call.protocol.translator;
    const opens = refused !== undefined || (sealed && account.leadsBack === null);
    const passes = spoken.id === call.protocol.id && !opens;
    if (passes || !from) return passing(call, sentModel);
    const target = { protocol: translatedId(spoken), model: sentModel, accountId: account.id };
    const asked = read(from);
    const names = namesToRecall(asked, {
      target,
      session: call.facts.session,
      hmac: call.ports.hmac,
    });
    const distrusts = refused === "foreign";
    const write = (recalled: ReadonlyMap<string, string>) =>
      translated(call, asked, spoken, target, { recalled, distrusts });
    if (names.length === 0) return write(new Map());
    return call.ports.recallThoughts(call.key, names).then(write);
  };
}

function protocolSpoken(call: Call, provider: Provider): Protocol {
  const id = spokenBy(provider, call.protocol.id);
  if (id === null) throw new AppError("internal", "The account does not speak this format.");
  return id === call.protocol.id ? call.protocol : protocolOf(id);
}

function passing(call: Call, sentModel: string): Passage {
  const { protocol, facts, body } = call;
  const named = protocol.withModel(body, facts, sentModel);
  return {
    spoken: protocol,
    facts,
    body: named,
    losses: NO_LOSSES,
    removed: NOTHING_REMOVED,
    translation: null,
  };
}

const NO_LOSSES: readonly Loss[] = [];
const NOTHING_REMOVED: readonly Removal[] = [];

function translated(
  call: Call,
  asked: NeutralCall,
  spoken: Protocol,
  target: Thinker,
  known: Pick<OpenFacts, "recalled" | "distrusts">,
): Passage {
  const { protocol, facts, ports } = call;
  const from = translatorOf(protocol);
  const to = translatorOf(spoken);
  const face = translatedId(protocol);
  const opened = openThoughts(asked, {
    face,
    target,
    session: facts.session,
    hmac: ports.hmac,
    ...known,
  });
  const fitted = fitNames(opened.call, target.protocol);
  const action = facts.action === "count" ? "count" : "generate";
  const written = to.writeCall(fitted.call, { model: target.model, action });
  const stream = facts.stream === null ? null : "sse";
  const losses = [...opened.losses, ...written.losses];
  const seal: SealFacts = {
    maker: target,
    face,
    requestId: call.requestId,
    asked,
    session: facts.session,
    hmac: ports.hmac,
    keep: (thoughts) => ports.keepThoughts(call.key, thoughts),
  };
  return {
    spoken,
    facts: { ...facts, protocol: spoken.id, model: target.model, modelSpan: null, stream },
    body: written.body,
    losses,
    removed: NOTHING_REMOVED,
    translation: wayBack({ from, to, fitted, seal, answer: answerFacts(call, asked) }),
  };
}

interface WayBack {
  from: Translator;
  to: Translator;
  fitted: ReturnType<typeof fitNames>;
  seal: SealFacts;
  answer: AnswerFacts;
}

function wayBack({ from, to, fitted, seal, answer }: WayBack): Translation {
  const restore = (read: NeutralAnswer): NeutralAnswer => {
    const blocks: AnswerBlock[] = read.blocks.map(fitted.restoredBlock);
    return sealAnswer({ ...read, blocks }, seal);
  };
  return {
    stream() {
      let failure: AppError | null = null;
      let finished = false;
      const seen = watching((event) => {
        if (event.kind === "fail") failure ??= failureTold(event, seal.maker.model);
        finished ||= event.kind === "finish";
      });
      const reader = chain(to.readEvents("sse"), seen);
      const named = fitted.restored ? chain(reader, fitted.restored()) : reader;
      const machine = chain(chain(named, sealThoughts(seal)), from.writeEvents(answer));
      return { ...machine, failure: () => failure, finished: () => finished };
    },
    whole(body) {
      const read = restore(to.readAnswer(body));
      if (answer.form === null) return from.writeAnswer(read, answer);
      const writer = from.writeEvents(answer);
      const frames = eventsOf(read).flatMap((event) => writer.push(event));
      return { body: concat([...frames, ...writer.end()]), losses: NO_LOSSES };
    },
    count: (body) => to.readCount(body),
  };
}

function answerFacts({ facts, requestId, ports }: Call, call: NeutralCall): AnswerFacts {
  return { call, model: facts.model, requestId, nowMs: ports.clock.nowMs(), form: facts.stream };
}

function translatedId({ id }: Protocol): TranslatedId {
  const found = TRANSLATED_IDS.find((translated) => translated === id);
  if (found) return found;
  throw new AppError("internal", `The format ${id} cannot be translated.`);
}

function watching(see: (event: NeutralEvent) => void): Machine<NeutralEvent, NeutralEvent> {
  return {
    push(event) {
      see(event);
      return [event];
    },
    end: () => [],
  };
}

function translatorOf(protocol: Protocol): Translator {
  if (protocol.translator) return protocol.translator;
  throw new AppError("internal", `The format ${protocol.id} cannot be translated.`);
}
