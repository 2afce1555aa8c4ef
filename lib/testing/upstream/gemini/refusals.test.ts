import { afterAll, beforeAll, expect, it } from "vitest";
import { FAKE_GEMINI_KEY } from "../keys";
import { type FakeUpstream, startFakeUpstream } from "../server";

let upstream: FakeUpstream;
beforeAll(async () => {
  upstream = await startFakeUpstream();
});
afterAll(() => upstream.close());

const HELLO = { role: "user", parts: [{ text: "Hello" }] };
const CALL = { functionCall: { name: "run", args: {} } };
const ANSWER = { role: "user", parts: [{ functionResponse: { name: "run", response: {} } }] };
const DUMMY = "skip_thought_signature_validator";

async function send(body: unknown, model = "gemini-2.5-flash", action = "generateContent") {
  const response = await fetch(`${upstream.url}/v1beta/models/${model}:${action}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-goog-api-key": FAKE_GEMINI_KEY },
    body: JSON.stringify(body),
  });
  const json = await response.json();
  return { status: response.status, json, message: String(json.error?.message) };
}

function withParameters(parameters: unknown) {
  return { contents: [HELLO], tools: [{ functionDeclarations: [{ name: "run", parameters }] }] };
}

function named(name: string, more: object = {}) {
  return { role: "user", parts: [{ functionResponse: { name, response: {}, ...more } }] };
}

function loop(signature: string | undefined) {
  const call = { ...CALL, ...(signature === undefined ? {} : { thoughtSignature: signature }) };
  return { contents: [HELLO, { role: "model", parts: [call] }, ANSWER] };
}

const REFUSED: [name: string, body: unknown, message: RegExp][] = [
  ["an unknown field", { contents: [HELLO], foo: 1 }, /Unknown name "foo": Cannot find field/],
  [
    "an unknown field inside",
    { contents: [HELLO], generationConfig: { budget: 1 } },
    /Unknown name "budget" at 'generation_config': Cannot find field/,
  ],
  [
    "$schema in parameters",
    withParameters({ type: "object", $schema: "x", properties: { a: { type: "string" } } }),
    /Unknown name "\$schema" at 'tools\[0\]\.function_declarations\[0\]\.parameters'/,
  ],
  [
    "additionalProperties in parameters",
    withParameters({ type: "object", properties: {}, additionalProperties: false }),
    /Unknown name "additionalProperties" at 'tools\[0\]/,
  ],
  [
    "exclusiveMinimum deep in parameters",
    withParameters({ type: "OBJECT", properties: { a: { type: "number", exclusiveMinimum: 0 } } }),
    /"exclusiveMinimum" at 'tools\[0\]\.function_declarations\[0\]\.parameters\.properties\[0\]\.value'/,
  ],
  [
    "a list of types",
    withParameters({ type: "object", properties: { a: { type: ["string", "null"] } } }),
    /Proto field is not repeating, cannot start list/,
  ],
  [
    "a required property that is not there",
    withParameters({ type: "object", properties: {}, required: ["a"] }),
    /required\[0\]: property is not defined/,
  ],
  [
    "a wrong type",
    { contents: [{ parts: [{ text: 1 }] }] },
    /Invalid value at 'contents\[0\]\.pa.*TYPE_STRING/,
  ],
  ["no contents", { contents: [] }, /contents is not specified/],
  [
    "no parts",
    { contents: [{ role: "user", parts: [] }] },
    /contents\[0\]\.parts: contents\.parts must not be empty/,
  ],
  ["an empty part", { contents: [{ role: "user", parts: [{}] }] }, /required oneof field 'data'/],
  [
    "an unknown role",
    { contents: [{ role: "tool", parts: [{ text: "x" }] }] },
    /valid role: user, model/,
  ],
  [
    "a call first",
    { contents: [{ role: "model", parts: [CALL] }, ANSWER] },
    /function call turn comes immediately after a user turn/,
  ],
  [
    "a response without its call",
    { contents: [ANSWER] },
    /function response turn comes immediately after/,
  ],
  [
    "fewer responses than calls",
    { contents: [HELLO, { role: "model", parts: [CALL, CALL] }, ANSWER] },
    /number of function response parts is equal/,
  ],
  [
    "a bad function name",
    { contents: [HELLO], tools: [{ functionDeclarations: [{ name: "1 bad" }] }] },
    /Invalid function name/,
  ],
  [
    "a cache that is not there",
    { contents: [HELLO], cachedContent: "cachedContents/1" },
    /CachedContent not found/,
  ],
  [
    "a response by another name",
    { contents: [HELLO, { role: "model", parts: [CALL] }, named("go")] },
    /names of the function response parts \(go\) match .*\(run\)/,
  ],
];

it.each(REFUSED)("refuses %s", async (_name, body, message) => {
  const answer = await send(body);
  expect(answer.message).toMatch(message);
  expect(answer.json.error.code).toBe(answer.status);
});

it("names every unknown field at once", async () => {
  const { json } = await send({ contents: [HELLO], a: 1, b: 2 });
  expect(json.error.details[0].fieldViolations).toHaveLength(2);
  expect(json.error.status).toBe("INVALID_ARGUMENT");
});

it("takes any JSON Schema as parametersJsonSchema, and both spellings of a field", async () => {
  const schema = { $schema: "x", type: "object", additionalProperties: false, properties: {} };
  const { status } = await send({
    contents: HELLO,
    system_instruction: { parts: [{ text: "Be brief" }] },
    generation_config: { max_output_tokens: "100" },
    tools: [{ function_declarations: [{ name: "run", parametersJsonSchema: schema }] }],
  });
  expect(status).toBe(200);
});

it("wants its signature on calls of the current turn, on Gemini 3 only", async () => {
  const missing = await send(loop(undefined), "gemini-3-pro-preview");
  expect(missing.status).toBe(400);
  expect(missing.message).toMatch(/missing a thought_signature.*`default_api:run` , position 2/);
  expect((await send(loop(undefined), "gemini-2.5-pro")).status).toBe(200);
  const later = { contents: [...loop(undefined).contents, HELLO] };
  expect((await send(later, "gemini-3-pro-preview")).status).toBe(200);
});

it("refuses a forged signature and takes the documented dummies", async () => {
  const model = "gemini-3-pro-preview";
  const forged = Buffer.from("forged by somebody else").toString("base64");
  expect((await send(loop(forged), model)).message).toBe("Corrupted thought signature.");
  for (const dummy of [DUMMY, "context_engineering_is_the_way_to_go"]) {
    expect((await send(loop(dummy), model)).status).toBe(200);
    expect((await send(loop(Buffer.from(dummy).toString("base64")), model)).status).toBe(200);
  }
});

it("asks only the first of several calls for a signature", async () => {
  const model = "gemini-3-pro-preview";
  const signed = { ...CALL, thoughtSignature: DUMMY };
  const answers = { role: "user", parts: [...ANSWER.parts, ...ANSWER.parts] };
  const contents = (first: object, second: object) => [
    HELLO,
    { role: "model", parts: [first] },
    { role: "model", parts: [second] },
    answers,
  ];
  expect((await send({ contents: contents(signed, CALL) }, model)).status).toBe(200);
  expect((await send({ contents: contents(CALL, signed) }, model)).status).toBe(400);
});

it("refuses in a list where the stream would be one, and system instructions in a count", async () => {
  const { json } = await send({ contents: [] }, "gemini-2.5-pro", "streamGenerateContent");
  expect(json[0].error.code).toBe(400);
  const count = await send({ contents: [HELLO], tools: [] }, "gemini-2.5-pro", "countTokens");
  expect(count.message).toMatch(/Unknown name "tools"/);
});

it("answers an unknown model, action and key in Google's envelope", async () => {
  expect((await send({ contents: [HELLO] }, "gemini-9")).json.error).toMatchObject({
    code: 404,
    status: "NOT_FOUND",
  });
  expect((await send({ contents: [HELLO] }, "gemini-2.5-pro", "fly")).status).toBe(404);
  const bare = await fetch(`${upstream.url}/v1beta/models`);
  expect((await bare.json()).error.status).toBe("PERMISSION_DENIED");
});
