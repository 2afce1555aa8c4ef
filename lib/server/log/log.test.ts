import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { expect, it } from "vitest";
import { openLog } from "./log";
import { scrub } from "./scrub";

function logged(line: Record<string, unknown>): string {
  const lines: string[] = [];
  openLog("debug", { write: (text) => lines.push(text) })("info", line);
  expect(lines).toHaveLength(1);
  expect(() => JSON.parse(lines[0] ?? "")).not.toThrow();
  return lines[0] ?? "";
}

const CANARIES = [
  "cr_4fTqCANARYxyz0123456789",
  "sk-ant-api03-CANARY_0123456789",
  "sk-proj-CANARY0123456789",
  "AIzaSyCANARY0123456789abcdef",
  "ya29.CANARY0123456789",
  "Bearer CANARY-token-0123456789",
  "Basic Q0FOQVJZOnBhc3M=",
  "eyJhbGciOi.eyJDQU5BUlki.CANARYsignature",
  "https://host/v1beta/models?key=CANARY0123",
  "postgresql://portal:CANARYpass@db:5432/portal",
];

it.each(CANARIES)("blanks %s in messages, nested fields and thrown errors", (canary) => {
  const secret = canary.includes("://") ? (/CANARY\w+/.exec(canary)?.[0] ?? canary) : canary;
  for (const line of [
    { msg: `called with ${canary}.` },
    { deep: { list: [{ text: `"${canary}"` }, `\n${canary}`, `\u0001${canary}`] } },
    { err: new Error(`failed: ${canary}`, { cause: new Error(canary) }) },
  ]) {
    expect(logged(line)).not.toContain(secret);
  }
});

/** The one line of each request, as lib/relay/pipeline/settle.ts makes it. */
const RELAYED = {
  msg: "relayed",
  requestId: "req_4fT0123456789abcdefghij",
  keyId: "key_4fT0123456789abcdefghij",
  face: "anthropic",
  action: "message",
  model: "claude-sonnet-4-5",
  sentModel: "claude-sonnet-4-5-20250929",
  accountId: "acc_4fT0123456789abcdefghij",
  status: 200,
  outcome: "complete",
  failure: null,
  attempts: 1,
  firstByteMs: 12.5,
  tookMs: 45,
  input: 2_000,
  output: null,
};

const BEFORE = ["", "x ", '"', "\n", "\t", "\u0001", "日", "(", "-", "long ".repeat(50)];
const AFTER = ["", " y", '"'];

it.each(CANARIES)("blanks %s in every field of a request's line, wherever it stands", (canary) => {
  const secret = canary.includes("://") ? (/CANARY\w+/.exec(canary)?.[0] ?? canary) : canary;
  const lines: string[] = [];
  const log = openLog("info", { write: (text) => lines.push(text) });
  const values = BEFORE.flatMap((before) => AFTER.map((after) => before + canary + after));
  for (const name of [...Object.keys(RELAYED), "another", `of ${canary}`]) {
    for (const value of values) {
      log("info", { ...RELAYED, [name]: value });
      // Judged by what was kept of the first.
      log("info", { [name]: value });
    }
    log("info", { [name]: "kept" });
    expect(lines.at(-1)).toContain(':"kept"');
  }
  for (const line of lines) {
    expect(line).not.toContain(secret);
    expect(() => JSON.parse(line)).not.toThrow();
  }
});

/** The line's fields as they were judged and written as one text. */
function judgedWhole(line: Record<string, unknown>): string {
  const fields = JSON.stringify(line).slice(1);
  return scrub(`"pid":${process.pid}${fields === "}" ? "" : ","}${fields}\n`);
}

const fieldsOf = (line: string) => line.slice(line.indexOf('"pid":'));

it("blanks texts under the names of secrets, and keeps no answer from one field for another", () => {
  for (const name of ["Authorization", "x-api-key", "refreshToken", "COOKIE", 'x"token']) {
    for (const value of ["CANARY", "CANARY-1", "", "claude"]) {
      const line = { model: value, [name]: value, after: value };
      expect(fieldsOf(logged(line))).toBe(judgedWhole(line));
    }
    expect(logged({ [name]: "CANARY" })).not.toContain("CANARY");
  }
});

const PIECES =
  'cr_|sk-|AIza|ya29.|eyJ|Bearer |basic |?key=|&code=|://|:|@|.|/|\n|\\|"|\ud800|a1B2c3D4|_|e'.split(
    "|",
  );

it("judges field by field as it would the whole line", () => {
  const text = fc
    .array(fc.oneof(fc.constantFrom(...PIECES), fc.string()), { maxLength: 8 })
    .map((parts) => parts.join(""));
  const other = fc.constantFrom(null, undefined, -0, () => {}, true, Number.NaN);
  const value = fc.oneof(text, text, fc.double(), other);
  const name = fc.oneof(text, fc.constantFrom("token", "model", "Set-Cookie", "secret"));
  fc.assert(
    fc.property(fc.dictionary(name, value), (line) => {
      expect(fieldsOf(logged(line))).toBe(judgedWhole(line));
    }),
    { numRuns: 1_000 },
  );
});

it("blanks fields that hold secrets, however deep and whatever they look like", () => {
  const line = logged({
    headers: { Authorization: "CANARY1", cookie: 'CANARY2 "quoted" \\', "set-cookie": ["CANARY3"] },
    user: { password: "CANARY4", more: [{ refreshToken: "CANARY5", "x-goog-api-key": "CANARY6" }] },
    event: "kept",
  });
  expect(line).not.toContain("CANARY");
  expect(line).toContain('"event":"kept"');
});

it("leaves ordinary text alone and writes one JSON line each", () => {
  const line = JSON.parse(logged({ event: "relay", model: "claude-opus-5-5", requestId: "req_1" }));
  expect(line).toMatchObject({ event: "relay", model: "claude-opus-5-5", requestId: "req_1" });
});

it("writes a line alike whether it holds objects or not", () => {
  const flat = { msg: "relayed", model: 'a "b"\n日', status: 200, failure: null, cause: undefined };
  const read = (line: Record<string, unknown>) => JSON.parse(logged(line));
  const { time, ...written } = read(flat);
  expect(Date.parse(time)).toBeGreaterThan(Date.now() - 60_000);
  const { deep: _, time: __, ...deep } = read({ ...flat, deep: {} });
  expect(written).toEqual(deep);
  expect(Object.keys(read({}))).toEqual(["level", "time", "pid"]);
});

it("tells the time to the millisecond, as it goes on", async () => {
  for (let i = 0; i < 30; i++) {
    const before = Date.now();
    const { time } = JSON.parse(logged({ msg: "now" }));
    expect(time).toBe(new Date(time).toISOString());
    expect(Date.parse(time)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(time)).toBeLessThanOrEqual(Date.now());
    await sleep(7);
  }
});

it("keeps to its level", () => {
  const lines: string[] = [];
  const log = openLog("warn", { write: (text) => lines.push(text) });
  log("info", { msg: "flat" });
  log("info", { msg: "deep", at: {} });
  log("warn", { msg: "kept" });
  expect(lines).toHaveLength(1);
});
