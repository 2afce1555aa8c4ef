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
