import { expect, it } from "vitest";
import { decode, encode } from "../../stream/bytes";
import { sampleSend } from "../../testing/sample-send";
import { azureOpenai } from "./index";

const BASE = "https://res.openai.azure.com";
const address = (settings: object, protocol: Parameters<typeof sampleSend>[0]) =>
  azureOpenai.address({ baseUrl: BASE, ...settings }, sampleSend(protocol)).href;

it("names deployments in the path of dated versions, and in the body of the undated one", () => {
  const chat = { protocol: "openai-chat" as const };
  const dated = { apiVersion: "2024-10-21" };
  expect(address({}, chat)).toBe(`${BASE}/openai/v1/chat/completions`);
  expect(address({}, { protocol: "openai-responses" })).toBe(`${BASE}/openai/v1/responses`);
  expect(address(dated, chat)).toBe(
    `${BASE}/openai/deployments/m-1/chat/completions?api-version=2024-10-21`,
  );
  expect(address({ ...dated, deployment: "prod" }, chat)).toBe(
    `${BASE}/openai/deployments/prod/chat/completions?api-version=2024-10-21`,
  );
  expect(address({ ...dated, deployment: "prod" }, { protocol: "openai-responses" })).toBe(
    `${BASE}/openai/responses?api-version=2024-10-21`,
  );
  // A deployment for conversations makes no vectors.
  expect(address({ ...dated, deployment: "prod" }, { protocol: "openai-embeddings" })).toBe(
    `${BASE}/openai/deployments/m-1/embeddings?api-version=2024-10-21`,
  );
});

it("takes the endpoint in every form that the portal of Azure shows", () => {
  const chat = { protocol: "openai-chat" as const };
  const ends = [
    "",
    "/",
    "/openai",
    "/openai/",
    "/openai/v1/",
    "/openai/deployments/x/chat/completions",
  ];
  for (const end of ends) {
    expect(address({ baseUrl: `${BASE}${end}` }, chat), end).toBe(
      `${BASE}/openai/v1/chat/completions`,
    );
  }
});

it("puts the deployment into the body, where one is named, and leaves other bytes alone", () => {
  const body = encode('{ "model" : "m-1", "messages": [ ] }');
  const secret = { apiKey: "k" };
  const sent = (settings: object) =>
    decode(
      azureOpenai
        .wire({ baseUrl: BASE, ...settings }, secret)
        ?.body(body, sampleSend({ protocol: "openai-chat" })) ?? encode(""),
    );
  expect(sent({})).toBe(decode(body));
  expect(sent({ deployment: "prod" })).toBe('{ "model" : "prod", "messages": [ ] }');
});

it("tells a missing deployment from a fault of the caller's, and waits as long as Azure says", () => {
  const named = (status: number, body: object, headers = {}) =>
    azureOpenai.diagnose({ status, headers, body: JSON.stringify(body), model: "m-1" });
  const missing = { error: { code: "DeploymentNotFound", message: "No such deployment." } };
  expect(named(404, missing).code).toBe("upstream_lacks_model");
  const filtered = { error: { code: "content_filter", message: "Filtered.", status: 400 } };
  expect(named(400, filtered).code).toBe("upstream_refused");
  const limited = named(429, {}, { "retry-after-ms": "1500", "retry-after": "2" });
  expect(limited).toMatchObject({ code: "upstream_limited", detail: { retryAfterSeconds: 1.5 } });
  expect(named(401, {}).code).toBe("upstream_denied");
});
