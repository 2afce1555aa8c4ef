import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadRecordings } from "./recordings";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "recordings-"));
  await mkdir(join(folder, "google"));
  await writeFile(join(folder, "google", "two_calls.yaml"), CASSETTE);
});
afterAll(() => rm(folder, { recursive: true }));

const CASSETTE = `interactions:
- request:
    headers:
      Content-Type:
      - application/json
    method: post
    parsed_body:
      contents: []
    uri: https://example.com/v1beta/models/m:streamGenerateContent?alt=sse
  response:
    body:
      string: "data: {\\"text\\": \\"é\\"}\\r\\n\\r\\n"
    headers:
      content-type:
      - text/event-stream
    status:
      code: 200
- request:
    body: '{"a": 1}'
    method: post
    uri: https://example.com/
  response:
    parsed_body:
      error: no
    status:
      code: 400
version: 1
`;

it("reads every exchange, with the bytes of a recorded stream as they were", async () => {
  const recordings = await loadRecordings(folder);
  expect(recordings).toHaveLength(2);
  const [streamed, failed] = recordings ?? [];
  expect(streamed).toMatchObject({
    protocol: "gemini",
    name: "two_calls#0",
    request: { method: "POST", headers: { "content-type": "application/json" } },
  });
  expect(streamed?.response.bodyBytes.toString("utf8")).toBe('data: {"text": "é"}\r\n\r\n');
  expect(failed?.request.body).toEqual({ a: 1 });
  expect(failed?.response.status).toBe(400);
});

it("answers null where there are no recordings", async () => {
  expect(await loadRecordings(join(folder, "nowhere"))).toBeNull();
});
