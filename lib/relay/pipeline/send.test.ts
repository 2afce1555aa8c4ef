import fc from "fast-check";
import { expect, it } from "vitest";
import { makeKeySecret } from "../../shared/key-format";
import { anthropic } from "../protocols/anthropic/index";
import { gemini } from "../protocols/gemini/index";
import { wholeMessage } from "../testing/anthropic-wire";
import { answering } from "../testing/fake-ports";
import { CALL, HEADERS, JSON_TYPE, play, post, SECRET } from "../testing/play";
import { sampleAccount } from "../testing/samples";
import { forwardedHeaders } from "./send";

const NEVER = [
  "authorization",
  "x-api-key",
  "x-goog-api-key",
  "api-key",
  "cookie",
  "x-forwarded-for",
  "x-forwarded-host",
  "forwarded",
  "x-real-ip",
  "via",
  "host",
  "origin",
  "referer",
  "connection",
  "transfer-encoding",
  "content-length",
  "content-encoding",
  "accept-encoding",
  "te",
  "upgrade",
  "expect",
  "proxy-authorization",
  "x-relay-hop",
  "x-middleware-subrequest",
];

it("lets nothing travel that names the caller, its key or its connection", () => {
  const headers = Object.fromEntries(NEVER.map((name) => [name, "canary"]));
  for (const { forwardedHeaders: allowed } of [anthropic, gemini]) {
    expect(forwardedHeaders(headers, allowed)).toEqual({});
  }
});

it("lets exactly the listed names travel, unchanged", () => {
  const names = fc.stringMatching(/^[a-z][a-z0-9-]{0,24}$/);
  const allowed = ["anthropic-beta", "x-stainless-*"];
  fc.assert(
    fc.property(fc.dictionary(names, fc.string()), (headers) => {
      const sent = { ...headers, "x-stainless-os": "Linux", "anthropic-beta": "a,b" };
      for (const [name, value] of Object.entries(forwardedHeaders(sent, allowed))) {
        expect(name === "anthropic-beta" || name.startsWith("x-stainless-")).toBe(true);
        expect(sent).toHaveProperty([name], value);
      }
    }),
    { numRuns: 500 },
  );
});

it("never sends the caller's key, whichever header it came in", async () => {
  for (const name of ["x-api-key", "x-goog-api-key", "authorization", "api-key"]) {
    const upstream = answering(200, [wholeMessage()], JSON_TYPE);
    const { told } = await play({ upstream }, post(CALL, { [name]: SECRET, "user-agent": "x" }));
    const sent = told.dispatched[0]?.request;
    expect(JSON.stringify([sent?.headers, sent?.url])).not.toContain(SECRET);
  }
});

it("names an account whose settings or secret cannot be used, and goes on to another", async () => {
  const unreadable = () => {
    throw new Error("canary: wrong key id");
  };
  const broken = [
    sampleAccount("acc_a", { settings: { baseUrl: "no address" } }),
    sampleAccount("acc_b", { openSecret: unreadable }),
    sampleAccount("acc_c"),
  ];
  const { sink, told } = await play({
    pool: broken,
    upstream: answering(200, [wholeMessage()], JSON_TYPE),
  });
  expect(sink.status).toBe(200);
  expect(told.settled[0]?.attempts.map(({ failure }) => failure)).toEqual([
    "upstream_denied",
    "upstream_denied",
    null,
  ]);
  expect(JSON.stringify(told.lines)).not.toContain("canary");
});

it("sends the body as it came when nothing is mapped: the same array of bytes", async () => {
  const body = new TextEncoder().encode(JSON.stringify({ ...CALL, unknown: { field: "é" } }));
  const upstream = answering(200, [wholeMessage()], JSON_TYPE);
  const { told } = await play({ upstream }, post(body, { ...HEADERS, "x-api-key": SECRET }));
  expect(told.dispatched[0]?.request.body).toBe(body);
});

it("refuses a key that is well formed and not known", async () => {
  const { sink } = await play({}, post(CALL, { "x-api-key": makeKeySecret() }));
  expect(sink.status).toBe(401);
});
