import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fields } from "../../protocols/json-fields";
import {
  anthropicClient,
  chatClient,
  geminiClient,
  responsesClient,
} from "../../testing/loop-clients";
import {
  type Providers,
  playLoop,
  type Sent,
  type Store,
  startProviders,
} from "../../testing/relayed-loop";
import { SEAL_MARK } from "./envelope";
import { UNMADE_SIGNATURE } from "./open-thoughts";

const TURNS = 200;
const SWITCH_EVERY = 7;
const PROMPT = `Go on [[scenario:tool-loop-${TURNS}]][[thinking:8]]`;

let providers: Providers;
beforeAll(async () => {
  providers = await startProviders();
});
afterAll(() => providers.close());

const loop = (story: Omit<Parameters<typeof playLoop>[0], "accounts" | "switchEvery">) =>
  playLoop({ ...story, accounts: providers.accounts, switchEvery: SWITCH_EVERY });

/** How the calls of tools in a Gemini request are signed. */
function callsIn({ body }: Sent) {
  const contents = Array.isArray(body.contents) ? body.contents.map(fields) : [];
  const calls = contents
    .flatMap(({ parts }) => (Array.isArray(parts) ? parts.map(fields) : []))
    .filter(({ functionCall }) => functionCall !== undefined);
  const signed = calls.filter(({ thoughtSignature }) => typeof thoughtSignature === "string");
  const unmade = signed.filter(({ thoughtSignature }) => thoughtSignature === UNMADE_SIGNATURE);
  return { calls: calls.length, real: signed.length - unmade.length, unmade: unmade.length };
}

const GENERATION_3 = new Set(["acc_b", "acc_c"]);
const CLAUDE = new Set(["acc_a", "acc_d"]);
const OPENAI = new Set(["acc_f", "acc_g"]);
/** What is encrypted in a body, each once: a stream states it twice. */
const encryptedIn = (text: string) => {
  const found = text.matchAll(/"encrypted_content": ?"([^"]+)"/g);
  return [...new Set([...found].map(([, content]) => content))];
};
const made = (all: readonly Sent[], by: ReadonlySet<string>) =>
  all.filter(({ accountId }) => by.has(accountId)).length;

describe("a loop whose client or store forgets", () => {
  /** A client that gives calls ids of its own. */
  const renamed = (answer: string) => answer.replaceAll(/_rps_([\w-]{8})[\w-]{14}/g, "_$1");
  const unmadeIn = (all: readonly Sent[]) =>
    all.filter(({ accountId }) => GENERATION_3.has(accountId)).map(callsIn);

  it("has its signatures back when the client cuts the ids of its calls", async () => {
    const all = await loop({ client: anthropicClient(PROMPT), keeps: renamed, turns: 50 });
    expect(all.some(({ text }) => text.includes("_rps_"))).toBe(false);
    for (const [at, sent] of all.entries()) {
      if (!GENERATION_3.has(sent.accountId)) continue;
      expect(callsIn(sent).real, `turn ${at}`).toBe(made(all.slice(0, at), GENERATION_3));
    }
  });

  it("goes on without them when the store was lost", async () => {
    const before = (turn: number, { thoughts }: Store) => {
      if (turn === 20) thoughts.clear();
    };
    const all = await loop({ client: anthropicClient(PROMPT), before, turns: 50 });
    const { real, unmade, calls } = unmadeIn(all).at(-1) ?? { real: 0, unmade: 0, calls: 0 };
    expect(real + unmade).toBe(calls);
    expect(unmade).toBeGreaterThanOrEqual(20);
  });
});

describe.each([
  ["anthropic", anthropicClient, true],
  ["gemini", geminiClient, true],
  ["openai-responses", responsesClient, true],
  // Its clients have no field to send thoughts back in.
  ["openai-chat", chatClient, false],
] as const)(
  "a loop of 200 turns that changes its account every 7, on the %s face",
  (_, clientOf, holdsThoughts) => {
    let all: Sent[] = [];
    beforeAll(async () => {
      all = await loop({ client: clientOf(PROMPT), turns: TURNS });
    }, 120_000);

    it("is refused nowhere", () => {
      expect(all).toHaveLength(TURNS);
      expect(all.filter(({ status, refused }) => status !== 200 || refused > 0)).toEqual([]);
    });

    it("sends no upstream what the portal sealed", () => {
      expect(all.filter(({ text }) => text.includes(SEAL_MARK))).toEqual([]);
    });

    it("gives Gemini back every signature that it made, and for no other call one", () => {
      for (const [at, sent] of all.entries()) {
        if (!GENERATION_3.has(sent.accountId)) continue;
        const before = all.slice(0, at);
        const real = made(before, GENERATION_3);
        expect(callsIn(sent), `turn ${at}`).toEqual({ calls: at, real, unmade: at - real });
      }
    });

    it("gives Claude back all that it thought, and nobody else's thoughts", () => {
      for (const [at, sent] of all.entries()) {
        if (!CLAUDE.has(sent.accountId)) continue;
        const thoughts = sent.text.match(/"type":"thinking","thinking"/g) ?? [];
        const own = all
          .slice(0, at)
          .filter(
            ({ accountId, answer }) => CLAUDE.has(accountId) && /"type": ?"thinking"/.test(answer),
          );
        expect(thoughts.length, `turn ${at}`).toBe(holdsThoughts ? own.length : 0);
      }
    });

    it("gives each organisation of OpenAI back what it encrypted, and nothing else", () => {
      for (const [at, sent] of all.entries()) {
        if (!OPENAI.has(sent.accountId)) continue;
        const own = all.slice(0, at).filter(({ accountId }) => accountId === sent.accountId);
        const encrypted = own.flatMap(({ answer }) => encryptedIn(answer));
        expect(encryptedIn(sent.text), `turn ${at}`).toEqual(holdsThoughts ? encrypted : []);
      }
    });
  },
);
