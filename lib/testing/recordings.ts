import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { isObject, type Json, listOf, numberOf, objectOf, textOf } from "./upstream/json";

/** Wire formats of the recordings, by the folder that they lie in. */
const FOLDERS = {
  anthropic: "anthropic",
  google: "gemini",
  "openai-chat": "openai-chat",
  "openai-responses": "openai-responses",
} as const;

export type RecordedProtocol = (typeof FOLDERS)[keyof typeof FOLDERS];

/** One exchange with a real provider. */
export interface Recording {
  protocol: RecordedProtocol;
  /** File name without its end, and the exchange's number in it. */
  name: string;
  request: {
    method: string;
    url: string;
    headers: Readonly<Record<string, string>>;
    /** Parsed JSON where it was JSON, else the text; null when there was none. */
    body: unknown;
  };
  response: {
    status: number;
    headers: Readonly<Record<string, string>>;
    /**
     * The body as it came over the wire, decoded. For answers that were recorded as parsed JSON it is
     * that JSON written anew: the same values, not the same bytes.
     */
    bodyBytes: Buffer;
  };
}

/**
 * Loads recorded provider traffic (VCR YAML files in one folder per protocol) from `folder`, sorted by
 * name. null when the folder is missing: it is no part of the project.
 */
export async function loadRecordings(folder: string): Promise<Recording[] | null> {
  const names = await listFolder(folder);
  if (names === null) return null;
  const recordings: Recording[] = [];
  for (const [name, protocol] of Object.entries(FOLDERS)) {
    const files = (await listFolder(join(folder, name))) ?? [];
    for (const file of files.filter((one) => one.endsWith(".yaml")).sort()) {
      const text = await readFile(join(folder, name, file), "utf8");
      recordings.push(...readCassette(text, protocol, file.replace(/\.yaml$/, "")));
    }
  }
  return recordings;
}

async function listFolder(path: string): Promise<string[] | null> {
  try {
    return await readdir(path);
  } catch (error) {
    if (isObject(error) && error.code === "ENOENT") return null;
    throw error;
  }
}

function readCassette(text: string, protocol: RecordedProtocol, name: string): Recording[] {
  const cassette = objectOf(parse(text));
  return listOf(cassette.interactions).map((interaction, index) => {
    const { request, response } = objectOf(interaction);
    return {
      protocol,
      name: `${name}#${index}`,
      request: readRequest(objectOf(request)),
      response: readResponse(objectOf(response)),
    };
  });
}

function readRequest(request: Json): Recording["request"] {
  return {
    method: textOf(request.method).toUpperCase(),
    url: textOf(request.uri),
    headers: flatHeaders(request.headers),
    body: request.parsed_body ?? parsedOrText(request.body),
  };
}

function readResponse(response: Json): Recording["response"] {
  return {
    status: numberOf(objectOf(response.status).code) ?? 0,
    headers: flatHeaders(response.headers),
    bodyBytes: bodyBytes(response),
  };
}

function bodyBytes(response: Json): Buffer {
  if (response.parsed_body !== undefined) return Buffer.from(JSON.stringify(response.parsed_body));
  const raw = objectOf(response.body).string ?? response.body;
  return raw instanceof Uint8Array ? Buffer.from(raw) : Buffer.from(textOf(raw), "utf8");
}

function parsedOrText(body: unknown): unknown {
  const text = textOf(body);
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function flatHeaders(headers: unknown): Record<string, string> {
  const pairs = Object.entries(objectOf(headers)).map(([name, value]) => [
    name.toLowerCase(),
    Array.isArray(value) ? value.join(", ") : String(value),
  ]);
  return Object.fromEntries(pairs);
}
