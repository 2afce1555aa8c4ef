import { expect, it } from "vitest";
import { openLog } from "./log";

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
    { deep: { list: [{ text: `"${canary}"` }] } },
    { err: new Error(`failed: ${canary}`, { cause: new Error(canary) }) },
  ]) {
    expect(logged(line)).not.toContain(secret);
  }
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

it("keeps to its level", () => {
  const lines: string[] = [];
  const log = openLog("warn", { write: (text) => lines.push(text) });
  log("info", { msg: "flat" });
  log("info", { msg: "deep", at: {} });
  log("warn", { msg: "kept" });
  expect(lines).toHaveLength(1);
});
