import { FAKE_ANTHROPIC_KEY, FAKE_GEMINI_KEY } from "../../../lib/testing/upstream/keys";
import { startFakeUpstream } from "../../../lib/testing/upstream/server";
import { startPortal } from "../../relay/support/portal";
import { LIMITED_GEMINI_KEY } from "../../support/fill-pool";
import { handOver } from "./stage";

/**
 * Playwright's global set-up: one portal with an upstream and an account of each kind for the whole
 * run, and nobody who could sign in yet. Answers what ends it all.
 */
async function start(): Promise<() => Promise<void>> {
  const upstream = await startFakeUpstream({ geminiKeys: [FAKE_GEMINI_KEY, LIMITED_GEMINI_KEY] });
  const portal = await startPortal();
  const stop = async () => {
    await portal.stop();
    await upstream.close();
  };
  try {
    await portal.allowHost(`127.0.0.1:${upstream.port}`);
    await portal.addAccount({
      provider: "claude-console",
      name: "Team Claude",
      settings: { baseUrl: upstream.url },
      secrets: { apiKey: FAKE_ANTHROPIC_KEY },
    });
    await portal.addAccount({
      provider: "gemini-api-key",
      name: "Team Gemini",
      settings: { baseUrl: upstream.url },
      secrets: { apiKey: FAKE_GEMINI_KEY },
    });
  } catch (error) {
    await stop();
    throw error;
  }
  handOver({ url: portal.url, env: portal.env, upstreamUrl: upstream.url });
  return stop;
}

// biome-ignore lint/style/noDefaultExport: Playwright calls the default export of a global set-up.
export default start;
