import { loadRecordings, type Recording } from "../../../lib/testing/recordings";
import { FAKE_ANTHROPIC_KEY, FAKE_GEMINI_KEY } from "../../../lib/testing/upstream/keys";
import { startFakeUpstream } from "../../../lib/testing/upstream/server";
import { type Face, MODELS } from "./call";
import { sawEnd } from "./read-stream";

/** One streamed answer, byte for byte. */
export interface Sample {
  name: string;
  face: Face;
  /** Gemini's other form of a stream: one JSON array. */
  array: boolean;
  contentType: string;
  bytes: Buffer;
}

const RECORDINGS = process.env.RECORDINGS_DIR ?? "../shared/recordings";

/** What streams are made of: every script writes other kinds of events. */
const SCRIPTS = [
  "[[tokens:120]]",
  "[[scenario:multibyte-20]]",
  "[[scenario:thinking]] [[tokens:60]]",
  "[[scenario:parallel-tools-3]]",
  "[[scenario:tool-loop-2]]",
  "[[scenario:web-search]]",
  "[[scenario:refusal]]",
  "[[scenario:big-event-300000]]",
  '[[text:quotes " and \\ and a \u2028 separator, 漢字 🚀]]',
];

/** Streams that the fake upstream writes: both faces, every script, Gemini in both forms. */
export async function ownSamples(): Promise<Sample[]> {
  const upstream = await startFakeUpstream();
  try {
    const samples: Sample[] = [];
    for (const script of SCRIPTS) {
      samples.push(await written(upstream.url, script, "anthropic", false));
      samples.push(await written(upstream.url, script, "gemini", false));
      samples.push(await written(upstream.url, script, "gemini", true));
    }
    return samples;
  } finally {
    await upstream.close();
  }
}

async function written(url: string, script: string, face: Face, array: boolean): Promise<Sample> {
  const call = CALLS[face](script);
  const query = array || face === "anthropic" ? "" : "?alt=sse";
  const response = await fetch(url + call.path + query, {
    method: "POST",
    headers: { ...call.headers, "content-type": "application/json" },
    body: JSON.stringify(call.body),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  if (response.status !== 200) throw new Error(`${script} on ${face}: ${bytes}`);
  const contentType = response.headers.get("content-type") ?? "";
  return { name: `${face} ${script}`, face, array, contentType, bytes };
}

const TOOL = { type: "object", properties: { command: { type: "string" } } };

const CALLS = {
  anthropic: (content: string) => ({
    path: "/v1/messages",
    headers: { "x-api-key": FAKE_ANTHROPIC_KEY, "anthropic-version": "2023-06-01" },
    body: {
      model: MODELS.anthropic,
      max_tokens: 64_000,
      stream: true,
      messages: [{ role: "user", content }],
      tools: [{ name: "Bash", description: "Runs a command", input_schema: TOOL }],
    },
  }),
  gemini: (text: string) => ({
    path: `/v1beta/models/${MODELS.gemini}:streamGenerateContent`,
    headers: { "x-goog-api-key": FAKE_GEMINI_KEY },
    body: {
      contents: [{ role: "user", parts: [{ text }] }],
      tools: [{ functionDeclarations: [{ name: "run_shell_command", parameters: TOOL }] }],
    },
  }),
} as const;

/** Whole streams that real providers wrote; null when the recordings are not there. */
export async function recordedSamples(): Promise<Sample[] | null> {
  const recordings = await loadRecordings(RECORDINGS);
  return recordings?.flatMap(recordedSample) ?? null;
}

export const RECORDINGS_FOLDER = RECORDINGS;

function recordedSample({ protocol, name, request, response }: Recording): Sample[] {
  const bytes = response.bodyBytes;
  if (protocol !== "anthropic" && protocol !== "gemini") return [];
  if (response.status !== 200 || !/^(event|data):/.test(bytes.toString("latin1"))) return [];
  // Providers serve each other's formats: the address says which one this is.
  const face = request.url.includes("GenerateContent") ? "gemini" : "anthropic";
  if (face === "anthropic" && !request.url.includes("/v1/messages")) return [];
  return sawEnd(face, bytes)
    ? [{ name, face, array: false, contentType: "text/event-stream", bytes }]
    : [];
}
