import { expect, it } from "vitest";
import { anthropicWindows } from "./anthropic-windows";
import { codexWindows } from "./openai-oauth/windows";

const NOW = 1_800_000_000_000;

it("reads Anthropic's unified windows, classes of models included", () => {
  const headers = {
    "anthropic-ratelimit-unified-status": "allowed_warning",
    "anthropic-ratelimit-unified-5h-utilization": "0.83",
    "anthropic-ratelimit-unified-5h-status": "allowed_warning",
    "anthropic-ratelimit-unified-5h-reset": "1800003600",
    "anthropic-ratelimit-unified-7d-utilization": "0.4",
    "anthropic-ratelimit-unified-7d_opus-utilization": "1.02",
    "anthropic-ratelimit-unified-7d_opus-status": "rejected",
    // Behind the unified ones the buckets say nothing new.
    "anthropic-ratelimit-requests-limit": "50",
    "anthropic-ratelimit-requests-remaining": "49",
  };
  expect(anthropicWindows(headers)).toEqual([
    { name: "5h", usedPercent: 83, status: "allowed_warning", resetsAtMs: 1_800_003_600_000 },
    { name: "7d", usedPercent: 40, status: "", resetsAtMs: null },
    { name: "7d_opus", usedPercent: 102, status: "rejected", resetsAtMs: null },
  ]);
});

it("reads the buckets of API keys", () => {
  const headers = {
    "anthropic-ratelimit-requests-limit": "50",
    "anthropic-ratelimit-requests-remaining": "45",
    "anthropic-ratelimit-requests-reset": "2027-01-15T08:00:30Z",
    "anthropic-ratelimit-input-tokens-limit": "30000",
    "anthropic-ratelimit-input-tokens-remaining": "0",
  };
  expect(anthropicWindows(headers)).toEqual([
    {
      name: "requests",
      usedPercent: 10,
      status: "",
      resetsAtMs: Date.parse("2027-01-15T08:00:30Z"),
    },
    { name: "input-tokens", usedPercent: 100, status: "", resetsAtMs: null },
  ]);
});

it("reads Codex' windows, named by their length", () => {
  const headers = {
    "x-codex-primary-used-percent": "12.5",
    "x-codex-primary-window-minutes": "300",
    "x-codex-primary-reset-after-seconds": "90",
    "x-codex-secondary-used-percent": "64",
    "x-codex-secondary-window-minutes": "10080",
    "x-codex-secondary-reset-at": "1800100000",
  };
  expect(codexWindows(headers, NOW)).toEqual([
    { name: "5h", usedPercent: 12.5, status: "", resetsAtMs: NOW + 90_000 },
    { name: "7d", usedPercent: 64, status: "", resetsAtMs: 1_800_100_000_000 },
  ]);
  expect(codexWindows({ "x-codex-primary-used-percent": "3" }, NOW)).toEqual([
    { name: "primary", usedPercent: 3, status: "", resetsAtMs: null },
  ]);
});

it("takes nothing for what is no number, or not there", () => {
  const nonsense = {
    "anthropic-ratelimit-unified-5h-utilization": "much",
    "anthropic-ratelimit-requests-limit": "0",
    "anthropic-ratelimit-requests-remaining": "",
    "x-codex-primary-used-percent": " ",
  };
  expect(anthropicWindows(nonsense)).toEqual([]);
  expect(codexWindows(nonsense, NOW)).toEqual([]);
  expect(anthropicWindows({})).toEqual([]);
});
