import { GoogleGenAI } from "@google/genai";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startCodeAssistServer } from "../../lib/testing/code-assist-server";
import { type OAuthServer, startOAuthServer } from "../../lib/testing/oauth-server";
import { startFakeUpstream } from "../../lib/testing/upstream/server";
import { anthropicFace } from "./matrix/face-anthropic";
import { chatFace } from "./matrix/face-chat";
import { geminiFace } from "./matrix/face-gemini";
import { responsesFace } from "./matrix/face-responses";
import { FEATURES } from "./matrix/features";
import { cellOf, type Stage } from "./matrix/stage";
import { startPortal } from "./support/portal";
import { generateRecords, total } from "./support/records";

/** Every client's official SDK on a Google account that Code Assist serves. */
const CLIENT = { id: "client-1", secret: "client-secret-1" };
const MODEL = "to-gemini";
const FACES = [anthropicFace, chatFace, responsesFace, geminiFace];
const CELLS = FACES.flatMap((face) => [true, false].map((stream) => ({ face, stream })));

let oauth: OAuthServer;
let backend: Awaited<ReturnType<typeof startCodeAssistServer>>;
let stage: Stage;

beforeAll(async () => {
  const upstream = await startFakeUpstream();
  oauth = await startOAuthServer({ lifeSeconds: 36_000, rotates: false, client: CLIENT });
  backend = await startCodeAssistServer(oauth, upstream);
  const portal = await startPortal({ relayOnly: true });
  await portal.createUser("ada@example.com");
  const key = await portal.createKey("ada@example.com", "kinds");
  await portal.allowHost(oauth.hostPort);
  await portal.allowHost(backend.hostPort);
  // Typed in: a refresh token and nothing else. Access token and project are the portal's to find.
  await portal.addAccount({
    provider: "gemini-oauth",
    name: "google",
    settings: {
      baseUrl: backend.url,
      tokenUrl: oauth.tokenUrl,
      userinfoUrl: backend.userinfoUrl,
      clientId: CLIENT.id,
      clientSecret: CLIENT.secret,
    },
    secrets: { refreshToken: oauth.newAccount().refresh_token },
    map: { [MODEL]: "gemini-3-pro-preview" },
  });
  const stop = async () => {
    await portal.stop();
    await Promise.all([backend.close(), upstream.close(), oauth.stop()]);
  };
  stage = { portal, upstream, key, stop };
});

afterAll(() => stage?.stop());

describe.each(CELLS.map((cell) => ({ ...cell, name: nameOf(cell) })))("$name", (cell) => {
  it.each(Object.entries(FEATURES))("carries: %s", async (_, play) => {
    await play(cellOf(stage, cell.face, "gemini", cell.stream));
  });
});

function post(path: string, body: object): Promise<Response> {
  return fetch(`${stage.portal.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-goog-api-key": stage.key },
    body: JSON.stringify(body),
  });
}

interface Piece {
  candidates: [{ content: { parts: { text?: string }[] }; finishReason?: string }];
}

const contents = [{ role: "user", parts: [{ text: "[[tokens:40]]" }] }];
const stream = `/gemini/v1beta/models/${MODEL}:streamGenerateContent`;

it("answers the array form with the pieces of the event form", async () => {
  const array = await (await post(stream, { contents })).json();
  const events = await (await post(`${stream}?alt=sse`, { contents })).text();
  const pieces = events.split("\r\n\r\n").filter((event) => event.startsWith("data: "));
  const told = ({ candidates: [{ content, finishReason }] }: Piece) => {
    return [content.parts.map(({ text }) => text), finishReason];
  };
  expect(array.map(told)).toEqual(pieces.map((piece) => told(JSON.parse(piece.slice(6)))));
  expect(array.length).toBeGreaterThan(1);
});

it("ends an array that breaks off with a failure, and as an array", async () => {
  const broken = [{ role: "user", parts: [{ text: "[[tokens:200]][[fault:error-event-4]]" }] }];
  const array = await (await post(stream, { contents: broken })).json();
  expect(array.at(-1)).toHaveProperty("error");
});

it("counts with instructions", async () => {
  const client = new GoogleGenAI({
    apiKey: stage.key,
    httpOptions: { baseUrl: `${stage.portal.url}/gemini` },
  });
  const { totalTokens } = await client.models.countTokens({ model: MODEL, contents });
  expect(totalTokens).toBeGreaterThan(2);
});

it("passes what a client wrapped itself, with the account's project for the client's", async () => {
  const call = { user_prompt_id: "prompt-1", request: { contents, session_id: "session-1" } };
  const wrapped = { model: MODEL, project: "the-client's", ...call };
  const answer = await (await post("/gemini/v1internal:generateContent", wrapped)).json();
  expect(answer.response.candidates[0].finishReason).toBe("STOP");
  expect(answer.traceId).toBe(answer.response.responseId);
  const [sent] = stage.upstream.requests.all().slice(-1);
  expect(JSON.parse(sent?.body?.toString("utf8") ?? "")).toEqual({
    ...call,
    model: "gemini-3-pro-preview",
    project: backend.project,
  });
});

it("renews a token that was revoked ahead of its time, and nobody notices", async () => {
  const before = oauth.book.refreshes;
  oauth.expireAll();
  const answers = await Promise.all(
    Array.from({ length: 5 }, () =>
      post(`/gemini/v1beta/models/${MODEL}:generateContent`, { contents }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(oauth.book.refreshes).toBe(before + 1);
});

it("has booked what the upstream generated and delivered, and nothing else", async () => {
  const whole = stage.upstream.book
    .entries()
    .filter(({ plannedUsage, closedEarly, fault }) => plannedUsage && !closedEarly && fault === "");
  const complete = await vi.waitFor(
    async () => {
      const found = await generateRecords(stage.portal);
      const ended = found.filter(({ outcome }) => outcome === "complete");
      expect(ended).toHaveLength(whole.length);
      return ended;
    },
    { timeout: 15_000, interval: 200 },
  );
  const sum = (bucket: "input" | "cacheRead" | "output") =>
    whole.reduce((all, { plannedUsage }) => all + (plannedUsage?.[bucket] ?? 0), 0);
  expect(total(complete, "inputTokens")).toBe(sum("input"));
  expect(total(complete, "cacheReadTokens")).toBe(sum("cacheRead"));
  expect(total(complete, "outputTokens")).toBe(sum("output"));
});

function nameOf({ face, stream: streamed }: (typeof CELLS)[number]): string {
  return `${face.id}, ${streamed ? "streamed" : "whole"}`;
}
