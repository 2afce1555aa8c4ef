import { randomUUID } from "node:crypto";
import type { BookEntry } from "../../../lib/testing/upstream/book";
import {
  FAKE_ANTHROPIC_KEY,
  FAKE_GEMINI_KEY,
  FAKE_OPENAI_KEY,
} from "../../../lib/testing/upstream/keys";
import { type FakeUpstream, startFakeUpstream } from "../../../lib/testing/upstream/server";
import { type Portal, startPortal } from "../support/portal";
import type { Face } from "./face";

/** Accounts of the matrix, by the format that their upstream speaks. */
export const UPSTREAMS = {
  anthropic: {
    provider: "claude-console",
    apiKey: FAKE_ANTHROPIC_KEY,
    sent: "claude-opus-4-5",
    path: "",
  },
  gemini: {
    provider: "gemini-api-key",
    apiKey: FAKE_GEMINI_KEY,
    sent: "gemini-3-pro-preview",
    path: "",
  },
  "openai-chat": {
    provider: "openai-compatible",
    apiKey: FAKE_OPENAI_KEY,
    sent: "gpt-5.5",
    path: "/v1",
  },
  "openai-responses": {
    provider: "openai-responses",
    apiKey: FAKE_OPENAI_KEY,
    sent: "gpt-5.5",
    path: "/v1",
  },
} as const;

export type UpstreamId = keyof typeof UPSTREAMS;

/** One portal with an account of each kind, each reached by a model name of its own. */
export interface Stage {
  portal: Portal;
  upstream: FakeUpstream;
  key: string;
  stop(): Promise<void>;
}

export async function setStage(): Promise<Stage> {
  const upstream = await startFakeUpstream();
  const portal = await startPortal({ relayOnly: true });
  await portal.createUser("ada@example.com");
  const key = await portal.createKey("ada@example.com", "matrix");
  await portal.allowHost(`127.0.0.1:${upstream.port}`);
  for (const [id, { provider, apiKey, sent, path }] of Object.entries(UPSTREAMS)) {
    await portal.addAccount({
      provider,
      name: id,
      settings: { baseUrl: `${upstream.url}${path}` },
      secrets: { apiKey },
      map: { [`to-${id}`]: sent },
    });
  }
  return {
    portal,
    upstream,
    key,
    async stop() {
      await portal.stop();
      await upstream.close();
    },
  };
}

/** One cell of the matrix in one form: a face, an upstream, streamed or whole. */
export interface Cell {
  stage: Stage;
  face: Face;
  upstream: UpstreamId;
  stream: boolean;
  /** Begins a conversation whose first words mark it, so that it is found in the upstream's log. */
  talk(options?: {
    tool?: boolean;
    schema?: Readonly<Record<string, unknown>>;
    thinking?: boolean;
  }): {
    mark: string;
    talk: ReturnType<Face["talk"]>;
  };
}

export function cellOf(
  stage: Stage,
  face: Face,
  upstream: UpstreamId,
  stream: boolean,
  /** The name by which another account of that format is reached. */
  model = `to-${upstream}`,
): Cell {
  return {
    stage,
    face,
    upstream,
    stream,
    talk(options = {}) {
      const { portal, key } = stage;
      const mark = `mark-${randomUUID()}`;
      return { mark, talk: face.talk({ address: portal.url, key, model, ...options }) };
    },
  };
}

/** What arrived at the upstream of a marked conversation, oldest first. */
export function arrived(
  { stage: { upstream } }: Cell,
  mark: string,
): { body: string; entry: BookEntry }[] {
  const entries = upstream.book.entries();
  return upstream.requests.all().flatMap(({ body, bodySha256 }) => {
    const text = body?.toString("utf8") ?? "";
    const entry = entries.find(({ requestBytesSha256 }) => requestBytesSha256 === bodySha256);
    return text.includes(mark) && entry ? [{ body: text, entry }] : [];
  });
}
