import { parseArgs } from "node:util";
import { startFakeUpstream } from "./server";

// The fake as a process of its own, for tests that must not share an event loop with it.
// Prints {"url":"http://127.0.0.1:…"} once it listens, and ends on SIGTERM or SIGINT.
const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    "anthropic-key": { type: "string", multiple: true },
    "gemini-key": { type: "string", multiple: true },
    "openai-key": { type: "string", multiple: true },
    "code-assist-token": { type: "string", multiple: true },
    model: { type: "string", multiple: true },
    "cache-minimum-tokens": { type: "string" },
    seed: { type: "string" },
    "foreign-signatures": { type: "boolean", default: false },
  },
});

const minimum = values["cache-minimum-tokens"];
const upstream = await startFakeUpstream({
  port: Number(values.port),
  anthropicKeys: values["anthropic-key"],
  geminiKeys: values["gemini-key"],
  openaiKeys: values["openai-key"],
  codeAssistTokens: values["code-assist-token"],
  models: values.model,
  cacheMinimumTokens: minimum === undefined ? undefined : Number(minimum),
  foreignSignatures: values["foreign-signatures"],
  seed: values.seed === undefined ? undefined : Number(values.seed),
});
process.stdout.write(`${JSON.stringify({ url: upstream.url })}\n`);

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => void upstream.close().then(() => process.exit(0)));
}
