import { FAKE_ANTHROPIC_KEY, FAKE_GEMINI_KEY, FAKE_OPENAI_KEY } from "../../testing/upstream/keys";
import { startFakeUpstream } from "../../testing/upstream/server";
import type { PoolAccount, TranslatedId } from "../model";
import { fields } from "../protocols/json-fields";
import { protocolOf } from "../protocols/registry";
import { decode, encode } from "../stream/bytes";
import { runAll } from "../stream/machine";
import { gatherAnswer } from "../translation/answers";
import { thoughtRefusal } from "../translation/thoughts/thought-refusal";
import type { UpstreamHandler, UpstreamRequest } from "../upstream-port";
import { fakeRequest } from "./fake-sink";
import type { LoopClient } from "./loop-clients";
import { EVENT_STREAM, HEADERS, play } from "./play";
import { sampleAccount } from "./samples";
import { hmac } from "./thinkers";

const KEYS: Readonly<Record<string, string>> = {
  "gemini-api-key": FAKE_GEMINI_KEY,
  "claude-console": FAKE_ANTHROPIC_KEY,
  "openai-responses": FAKE_OPENAI_KEY,
};

function account(id: string, provider: string, model: string, url: string): PoolAccount {
  return sampleAccount(id, {
    provider,
    settings: { baseUrl: url },
    openSecret: () => ({ apiKey: KEYS[provider] }),
    openProxy: () => null,
    modelMap: { entries: [{ from: "*", to: model }] },
  });
}

/** Real upstreams' refusals, and accounts at them that cannot read each other's thoughts, or can. */
export async function startProviders() {
  const first = await startFakeUpstream();
  // Another organisation, whose upstream opens nothing that the first one has signed.
  const other = await startFakeUpstream({ signingSecret: "another organisation" });
  return {
    accounts: [
      account("acc_a", "claude-console", "claude-opus-5-5", first.url),
      account("acc_b", "gemini-api-key", "gemini-3.8-pro", first.url),
      account("acc_f", "openai-responses", "gpt-5.5", first.url),
      account("acc_c", "gemini-api-key", "gemini-3.1-pro-preview", first.url),
      account("acc_g", "openai-responses", "gpt-5.5", other.url),
      account("acc_d", "claude-console", "claude-sonnet-4-5-20250929", first.url),
      account("acc_e", "gemini-api-key", "gemini-2.5-pro", first.url),
    ],
    close: () => Promise.all([first.close(), other.close()]),
  };
}

export type Providers = Awaited<ReturnType<typeof startProviders>>;

/** What was sent to an upstream and how it answered. */
export interface Sent {
  accountId: string;
  body: Readonly<Record<string, unknown>>;
  text: string;
  status: number;
  answer: string;
  /** How often the same call was refused for its thoughts before. */
  refused: number;
}

/** The store that outlives the processes. */
export interface Store {
  thoughts: Map<string, string>;
  requests: number;
}

async function dispatch(request: UpstreamRequest, handler: UpstreamHandler, sent: Sent[]) {
  const { url, method, headers, body, accountId } = request;
  const text = decode(body ?? new Uint8Array());
  const answer = await fetch(url, { method, headers, body: text });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const told = decode(bytes);
  sent.push({
    accountId,
    body: fields(JSON.parse(text)),
    text,
    status: answer.status,
    answer: told,
    refused: 0,
  });
  handler.onHead(answer.status, Object.fromEntries(answer.headers));
  handler.onData(bytes);
  handler.onEnd();
}

/** One request of the client's through a relay that has just been started and knows the store only. */
async function turn(
  client: LoopClient,
  pool: readonly PoolAccount[],
  store: Store,
  stream: boolean,
) {
  const sent: Sent[] = [];
  const { path, body } = client.ask(stream);
  const query = new URLSearchParams(stream && client.face === "gemini" ? "alt=sse" : "");
  const { sink } = await play(
    {
      pool,
      ports: {
        hmac,
        newRequestId: () => `req_${++store.requests}`,
        async recallThoughts(_, names) {
          return new Map(
            names.flatMap((name) => {
              const sealed = store.thoughts.get(name);
              return sealed === undefined ? [] : [[name, sealed] as const];
            }),
          );
        },
        keepThoughts: (_, kept) => {
          for (const { name, sealed } of kept) store.thoughts.set(name, sealed);
        },
        dispatch(request, handler) {
          void dispatch(request, handler, sent);
          return { resume() {}, abort() {} };
        },
      },
    },
    fakeRequest(path, body, { headers: HEADERS, query }),
  );
  const streamed = sink.headers["content-type"]?.startsWith(EVENT_STREAM["content-type"]);
  const answer = streamed ? gathered(client.face, sink.bytes()) : fields(sink.json());
  return { sent, status: sink.status, answer, text: sink.text() };
}

/** A streamed answer as the whole one that a client makes of it. */
function gathered(face: TranslatedId, bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const { translator } = protocolOf(face);
  if (!translator) throw new Error(`There is no translator for ${face}.`);
  const events = runAll(translator.readEvents("sse"), [bytes]);
  const written = translator.writeAnswer(gatherAnswer(events), {
    call: translator.readCall(encode('{"messages":[],"contents":[],"input":[]}'), {} as never),
    model: "m",
    requestId: "req_client",
    nowMs: 0,
    form: null,
  });
  return fields(JSON.parse(decode(written.body)));
}

interface Story {
  client: LoopClient;
  accounts: readonly PoolAccount[];
  turns: number;
  /** Turns after which the next account's turn comes. */
  switchEvery: number;
  /** What a client does to its answers before it keeps them. */
  keeps?: (answer: string) => string;
  /** What happens to the store before a turn. */
  before?: (turn: number, store: Store) => void;
  /** What the user says once the tools are through; without it the loop ends then. */
  goesOn?: string;
}

/** Plays the client's whole loop; all that upstreams were sent. Throws for an answer that is none. */
export async function playLoop(story: Story): Promise<Sent[]> {
  const {
    client,
    accounts,
    turns,
    switchEvery,
    keeps = (answer) => answer,
    before,
    goesOn,
  } = story;
  const store: Store = { thoughts: new Map(), requests: 0 };
  const all: Sent[] = [];
  for (let n = 0; n < turns; n++) {
    before?.(n, store);
    const now = accounts[Math.floor(n / switchEvery) % accounts.length];
    const { sent, status, answer, text } = await turn(client, now ? [now] : [], store, n % 2 === 1);
    const refused = sent.filter((one) => thoughtRefusal(one.status, one.answer) !== null).length;
    all.push(...sent.slice(-1).map((last) => ({ ...last, refused })));
    if (status !== 200) {
      throw new Error(`Turn ${n} of ${now?.id} on ${client.face}: ${status} ${text.slice(0, 400)}`);
    }
    if (client.take(fields(JSON.parse(keeps(JSON.stringify(answer)))))) continue;
    if (goesOn === undefined) break;
    client.say(goesOn);
  }
  return all;
}
