import { AppError } from "../../shared/errors";
import { buffer, concat, encode } from "../stream/bytes";
import { jsonPaths, parseSpan, scanJson } from "../stream/json-scan";
import type { Machine } from "../stream/machine";
import { spliceString } from "../stream/splice";
import { codeAssistResponse, codeAssistUnwrapper } from "./code-assist-answer";
import type { SendFacts, Wire } from "./provider";

const PROJECT = jsonPaths("project");
const CLOSE = encode("}");

/**
 * Code Assist's envelope: calls lie in `request` beside model and project, answers in `response`. A call
 * that a client wrapped itself keeps all of its fields but the project, which is the account's.
 * @see https://github.com/google-gemini/gemini-cli/blob/main/packages/core/src/code_assist/converter.ts
 */
export function codeAssistWire(project: string | undefined): Wire {
  return {
    body(body, send) {
      const isCount = send.action === "count";
      if (isOwn(send)) return isCount ? body : withProject(body, known(project));
      return isCount ? wrappedCount(body, send.model) : wrapped(body, send.model, known(project));
    },
    stream: (send) => (isOwn(send) ? untouched() : codeAssistUnwrapper(send.facts.stream)),
    whole: (body, send) => (isOwn(send) ? body : codeAssistResponse(body)),
  };
}

const isOwn = ({ protocol }: SendFacts) => protocol === "code-assist";

function untouched(): Machine<Uint8Array, Uint8Array> {
  return { push: (chunk) => [chunk], end: () => [] };
}

function known(project: string | undefined): string {
  if (project) return project;
  throw new AppError(
    "upstream_denied",
    "The account has no Google Cloud project yet: enter its id, or sign in again.",
  );
}

function wrapped(body: Uint8Array, model: string, project: string): Uint8Array {
  const head = `{"model":${JSON.stringify(model)},"project":${JSON.stringify(project)},"request":`;
  return concat([encode(head), withoutMark(body), CLOSE]);
}

/** Inside of an object a byte order mark is no JSON. */
function withoutMark(body: Uint8Array): Uint8Array {
  return body[0] === 0xef ? body.subarray(3) : body;
}

function withProject(body: Uint8Array, project: string): Uint8Array {
  const span = scanJson(body, PROJECT).get("project");
  if (span) return spliceString(body, span, project);
  const inside = buffer(body).indexOf("{") + 1;
  const field = encode(`"project":${JSON.stringify(project)},`);
  return concat([body.subarray(0, inside), field, body.subarray(inside)]);
}

const COUNTED = ["", "generateContentRequest.", "generate_content_request."].flatMap((root) =>
  ["contents", "systemInstruction", "system_instruction", "tools"].map((name) => `${root}${name}`),
);
const COUNTED_PATHS = jsonPaths(...COUNTED);

/** A count takes contents only: what else the call would send is counted as one more. */
function wrappedCount(body: Uint8Array, model: string): Uint8Array {
  const found = scanJson(body, COUNTED_PATHS);
  const values = (name: string) =>
    COUNTED.filter((path) => path === name || path.endsWith(`.${name}`)).map((path) =>
      parseSpan(body, found.get(path)),
    );
  const system = [...values("systemInstruction"), ...values("system_instruction")];
  const parts = [
    ...system.flatMap((one) => listIn(one, "parts")),
    ...values("tools")
      .flatMap((tools) => (Array.isArray(tools) ? tools : []))
      .map(asText),
  ];
  const more = parts.length > 0 ? [{ role: "user", parts }] : [];
  const contents = [...more, ...values("contents").flatMap((given) => given ?? [])];
  return encode(JSON.stringify({ request: { model: `models/${model}`, contents } }));
}

function asText(tool: unknown): object {
  return { text: JSON.stringify(tool) };
}

function listIn(value: unknown, name: string): unknown[] {
  const list: unknown = Object(value)[name];
  return Array.isArray(list) ? list : [];
}
