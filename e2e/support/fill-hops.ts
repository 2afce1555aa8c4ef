import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { z } from "zod";
import type { Key } from "../../lib/contracts/keys";
import { askClaude } from "./ask";
import type { World } from "./fill";
import type { PortalApi } from "./portal-api";

const ROUTER_KEY = "router-password";
const CLIENT = "router/1.0";

interface People {
  admin: PortalApi;
  adminEmail: string;
  member: PortalApi;
  memberEmail: string;
}

/**
 * One request that passes the portal twice: through an account that leads to a router, which calls
 * back with a key of its own. Only the member's key for it reaches that account.
 */
export async function fillTwoHops(world: World, people: People): Promise<void> {
  const { admin, adminEmail, member, memberEmail } = people;
  const returnKey = await world.createKey(adminEmail, "router, way back");
  const key = await world.createKey(memberEmail, "claude on gemini");
  const router = await startRouter(world.url, returnKey);
  try {
    await world.allowHost(new URL(router.url).host);
    const account = await world.addAccount({
      provider: "claude-console",
      name: "Router on this machine",
      settings: { baseUrl: router.url },
      secrets: { apiKey: ROUTER_KEY },
      map: { "claude-sonnet-*": "gemini-2.5-pro" },
      flags: ["--sharing", "dedicated", "--leads-back", returnKey],
    });
    const keys = await member.call<Key[]>("GET", "/api/portal/keys");
    const id = keys.find(({ name }) => name === "claude on gemini")?.id ?? "";
    await admin.call("PATCH", `/api/admin/keys/${id}`, {
      binding: { kind: "account", id: account.id, fallback: false },
    });
    await untilRouted(world.url, key, router);
  } finally {
    await router.close();
  }
}

const TRIES = 40;
const PAUSE_MS = 250;

/** Asks until an answer came through the router: the binding of the key reaches the relay within seconds. */
async function untilRouted(base: string, key: string, router: Router): Promise<void> {
  let body = "";
  for (let i = 0; i < TRIES; i++) {
    const answer = await askClaude(base, key, { prompt: "Both ways. [[tokens:150]]" });
    if (answer.status === 200 && router.calls() > 0) return;
    body = answer.body;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error(`No request went through both hops: ${body}`);
}

type Router = Awaited<ReturnType<typeof startRouter>>;

/** What a router does: takes an Anthropic message, asks for it as Gemini content, and translates the answer. */
async function startRouter(base: string, returnKey: string) {
  let calls = 0;
  const server = createServer(async (asked, answer) => {
    calls += 1;
    const message = JSON.parse((await buffer(asked)).toString());
    const hop = String(asked.headers["x-relay-hop"] ?? "");
    const inner = await fetch(`${base}/gemini/v1beta/models/${message.model}:generateContent`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-goog-api-key": returnKey,
        "x-relay-hop": hop,
        "user-agent": CLIENT,
      },
      body: JSON.stringify({
        contents: [{ role: "user", parts: [{ text: JSON.stringify(message.messages) }] }],
        generationConfig: { maxOutputTokens: message.max_tokens },
      }),
    });
    answer.writeHead(inner.status, { "content-type": "application/json" });
    answer.end(JSON.stringify(inner.ok ? toMessage(Answer.parse(await inner.json())) : {}));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls: () => calls,
    close: () => new Promise((done) => server.close(done)),
  };
}

const Answer = z.object({
  modelVersion: z.string(),
  usageMetadata: z.object({ promptTokenCount: z.number(), candidatesTokenCount: z.number() }),
});

function toMessage({ modelVersion, usageMetadata }: z.output<typeof Answer>) {
  return {
    id: "msg_router",
    type: "message",
    role: "assistant",
    model: modelVersion,
    content: [{ type: "text", text: "Done." }],
    stop_reason: "end_turn",
    stop_sequence: null,
    usage: {
      input_tokens: usageMetadata.promptTokenCount,
      output_tokens: usageMetadata.candidatesTokenCount,
    },
  };
}
