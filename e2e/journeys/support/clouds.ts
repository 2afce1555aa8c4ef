import { startAzureServer } from "../../../lib/testing/azure-server";
import { startBedrockServer } from "../../../lib/testing/bedrock-server";
import { startCodeAssistServer } from "../../../lib/testing/code-assist-server";
import { startOAuthServer } from "../../../lib/testing/oauth-server";
import { startSubscriptionUpstream } from "../../../lib/testing/subscription-upstream";
import { startFakeUpstream } from "../../../lib/testing/upstream/server";
import { startVertexServer } from "../../../lib/testing/vertex-server";

/** A server of every maker's kind, all in front of one fake of the public APIs. */
export type Clouds = Awaited<ReturnType<typeof startClouds>>;

export async function startClouds() {
  const [upstream, oauth, google] = await Promise.all([
    startFakeUpstream(),
    startOAuthServer({ lifeSeconds: 3_600 }),
    startOAuthServer({
      lifeSeconds: 3_600,
      rotates: false,
      client: { id: "client-1", secret: "client-secret-1" },
    }),
  ]);
  const [subscription, codeAssist, azure, bedrock, vertex] = await Promise.all([
    startSubscriptionUpstream(oauth, upstream),
    startCodeAssistServer(google, upstream, { isNewUser: true }),
    startAzureServer(upstream),
    startBedrockServer(upstream),
    startVertexServer(upstream),
  ]);
  const backends = [subscription, codeAssist, azure, bedrock, vertex];
  return {
    upstream,
    oauth,
    google,
    subscription,
    codeAssist,
    azure,
    bedrock,
    vertex,
    hostPorts: [
      `127.0.0.1:${upstream.port}`,
      ...[oauth, google, ...backends].map(({ hostPort }) => hostPort),
    ],
    async close(): Promise<void> {
      await Promise.all([...backends, upstream].map((one) => one.close()));
      await Promise.all([oauth.stop(), google.stop()]);
    },
  };
}
