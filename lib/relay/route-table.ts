import type { CallAction, FaceId, ProtocolId } from "./model";

/** One line of the route table. Every adapter, the documentation and the tests read this list. */
export interface RelayRoute {
  methods: readonly string[];
  /** Path with `{model}` or `{call}` as its last segment where one is taken from it. */
  path: string;
  face: FaceId;
  protocol: ProtocolId;
  action: CallAction;
  /** Google's verb or what an `about` call asks for, where the path fixes it; "" elsewhere. */
  method: string;
  /** A path that matches, for tests and for the documentation. */
  example: string;
}

/** A place whose paths all belong to the relay; what is not in the table gets a 404 of its protocol. */
export interface OwnedPath {
  path: string;
  face: FaceId;
  protocol: ProtocolId;
}

type Kind = Pick<RelayRoute, "face" | "protocol">;

const ANTHROPIC: Kind = { face: "anthropic", protocol: "anthropic" };
const GEMINI: Kind = { face: "gemini", protocol: "gemini" };
const CODE_ASSIST: Kind = { face: "code-assist", protocol: "code-assist" };
const CHAT: Kind = { face: "openai-chat", protocol: "openai-chat" };
const COMPLETIONS: Kind = { face: "openai-chat", protocol: "openai-completions" };
const RESPONSES: Kind = { face: "openai-responses", protocol: "openai-responses" };
const COMPACT: Kind = { face: "openai-responses", protocol: "openai-compact" };
const EMBEDDINGS: Kind = { face: "openai-responses", protocol: "openai-embeddings" };
const IMAGES: Kind = { face: "openai-responses", protocol: "openai-images" };

/** The Messages API; with the whole of a base address before it. */
function anthropicAt(root: string): RelayRoute[] {
  return [
    post(ANTHROPIC, `${root}/messages`),
    post(ANTHROPIC, `${root}/messages/count_tokens`, "count"),
    ...modelsAt(ANTHROPIC, root, "claude-opus-5-5"),
  ];
}

function geminiAt(root: string): RelayRoute[] {
  const call = `${root}/models/{call}`;
  return [
    {
      ...GEMINI,
      methods: ["POST"],
      path: call,
      action: "generate",
      method: "",
      example: `${root}/models/gemini-2.5-pro:generateContent`,
    },
    ...modelsAt(GEMINI, root, "gemini-2.5-pro"),
  ];
}

/** Google's verb → what it asks for. */
const CODE_ASSIST_CALLS: readonly (readonly [string, CallAction])[] = [
  ["generateContent", "generate"],
  ["streamGenerateContent", "generate"],
  ["countTokens", "count"],
  ["loadCodeAssist", "about"],
  ["onboardUser", "about"],
  ["listExperiments", "about"],
  ["retrieveUserQuota", "about"],
];

/** Code Assist: the verb is fixed by the path. */
function codeAssistAt(root: string): RelayRoute[] {
  return CODE_ASSIST_CALLS.map(([method, action]) =>
    route(CODE_ASSIST, ["POST"], `${root}:${method}`, action, method),
  );
}

function chatAt(root: string): RelayRoute[] {
  return [post(CHAT, `${root}/chat/completions`), post(COMPLETIONS, `${root}/completions`)];
}

function responsesAt(root: string): RelayRoute[] {
  return [
    post(RESPONSES, `${root}/responses`),
    post(RESPONSES, `${root}/responses/input_tokens`, "count"),
    post(COMPACT, `${root}/responses/compact`),
    post(EMBEDDINGS, `${root}/embeddings`),
    post(IMAGES, `${root}/images/generations`),
  ];
}

function modelsAt(kind: Kind, root: string, sample: string): RelayRoute[] {
  return [
    route(kind, ["GET"], `${root}/models`, "list-models"),
    {
      ...route(kind, ["GET"], `${root}/models/{model}`, "get-model"),
      example: `${root}/models/${sample}`,
    },
  ];
}

/** Questions about the caller's own key. */
function standingAt(kind: Kind, root: string): RelayRoute[] {
  return ["me", "usage", "key-info"].map((asked) =>
    route(kind, ["GET"], `${root}/${asked}`, "about", asked),
  );
}

function probe(path: string, kind: Kind): RelayRoute {
  return route(kind, ["GET", "HEAD"], path, "probe");
}

function post(kind: Kind, path: string, action: CallAction = "generate"): RelayRoute {
  return route(kind, ["POST"], path, action);
}

function route(
  kind: Kind,
  methods: readonly string[],
  path: string,
  action: CallAction,
  method = "",
): RelayRoute {
  return { ...kind, methods, path, action, method, example: path };
}

const OPENAI_ROOTS = ["/openai/v1", "/openai"];
/** OpenAI's Chat under the names of other makers: the same routes, kept for configurations that use them. */
const NAMED_CHAT_ROOTS = ["/openai/claude/v1", "/openai/gemini/v1", "/openai/gemini"];

export const RELAY_ROUTES: readonly RelayRoute[] = [
  ...["/api/v1", "/claude/v1", "/v1"].flatMap((root) => [
    ...anthropicAt(root),
    ...standingAt(ANTHROPIC, root),
  ]),
  ...["/api/v1", "/v1"].flatMap((root) => [...chatAt(root), ...responsesAt(root)]),
  ...["/gemini/v1beta", "/gemini/v1", "/v1beta"].flatMap(geminiAt),
  ...codeAssistAt("/gemini/v1internal"),
  ...standingAt(GEMINI, "/gemini"),
  ...OPENAI_ROOTS.flatMap((root) => [
    ...chatAt(root),
    ...responsesAt(root),
    ...modelsAt(CHAT, root, "gpt-5.5"),
    ...standingAt(CHAT, root),
  ]),
  ...NAMED_CHAT_ROOTS.flatMap((root) => [...chatAt(root), ...modelsAt(CHAT, root, "gpt-5.5")]),
  post(CHAT, "/azure/chat/completions"),
  post(RESPONSES, "/azure/responses"),
  post(EMBEDDINGS, "/azure/embeddings"),
  route(CHAT, ["GET"], "/azure/models", "list-models"),
  route(CHAT, ["GET"], "/azure/usage", "about", "usage"),
  post(ANTHROPIC, "/droid/claude/v1/messages"),
  post(ANTHROPIC, "/droid/claude/v1/messages/count_tokens", "count"),
  post(RESPONSES, "/droid/openai/v1/responses"),
  post(RESPONSES, "/droid/openai/responses"),
  post(CHAT, "/droid/comm/v1/chat/completions"),
  route(ANTHROPIC, ["GET"], "/droid/claude/v1/models", "list-models"),
  route(CHAT, ["GET"], "/droid/openai/v1/models", "list-models"),
  route(CHAT, ["GET"], "/droid/comm/v1/models", "list-models"),
  // Claude Code and monitors look whether the base address answers.
  probe("/api", ANTHROPIC),
  probe("/claude", ANTHROPIC),
  probe("/gemini", GEMINI),
  probe("/openai", CHAT),
];

/**
 * Paths that belong to the relay as a whole: whatever lies under them is answered by it, if only with
 * a 404 in the right form. The first one that holds decides. Claude Code's telemetry
 * (`/api/api/event_logging`) is among them and gets that 404: the portal keeps no client telemetry, and a
 * false "received" would say that it does.
 */
export const OWNED_PATHS: readonly OwnedPath[] = [
  ...["/api/v1", "/claude", "/v1", "/api/api", "/droid/claude"].map((path) => ({
    path,
    ...ANTHROPIC,
  })),
  ...["/gemini", "/v1beta"].map((path) => ({ path, ...GEMINI })),
  ...["/openai", "/azure", "/droid"].map((path) => ({ path, ...CHAT })),
];

/** Gemini's methods after the colon, and the protocol that each is written in. */
export const GEMINI_CALLS: ReadonlyMap<string, Kind & { action: CallAction }> = new Map([
  ["generateContent", { ...GEMINI, action: "generate" }],
  ["streamGenerateContent", { ...GEMINI, action: "generate" }],
  ["countTokens", { ...GEMINI, action: "count" }],
  ["embedContent", { face: "gemini", protocol: "gemini-embeddings", action: "generate" }],
  ["batchEmbedContents", { face: "gemini", protocol: "gemini-embeddings", action: "generate" }],
  ["loadCodeAssist", { ...CODE_ASSIST, action: "about" }],
  ["onboardUser", { ...CODE_ASSIST, action: "about" }],
  ["listExperiments", { ...CODE_ASSIST, action: "about" }],
]);
