import { AppError } from "../../shared/errors";
import type { KeyStanding, KeyUse } from "../key-standing";
import type { KeyRecord } from "../model";
import type { RouteMatch } from "../protocols/protocol";
import type { Visit } from "./call";

const MICRO = 1_000_000;

/** What gemini-cli takes for a Google Cloud project: nothing is ever billed to one of that name. */
const PROJECT = "relay-portal";
const TIER = {
  id: "standard-tier",
  name: "Relay portal",
  description: "Requests are served by the accounts of this portal.",
  userDefinedCloudaicompanionProject: false,
  isDefault: true,
};

/**
 * Code Assist's questions about the user, which a portal answers for itself: whoever has a key is on
 * board, whichever kinds of account serve.
 * @see https://github.com/google-gemini/gemini-cli/blob/main/packages/core/src/code_assist/types.ts
 */
const CODE_ASSIST: Readonly<Record<string, unknown>> = {
  loadCodeAssist: {
    currentTier: TIER,
    allowedTiers: [TIER],
    ineligibleTiers: [],
    cloudaicompanionProject: PROJECT,
    gcpManaged: false,
  },
  onboardUser: {
    name: `operations/${PROJECT}`,
    done: true,
    response: { cloudaicompanionProject: { id: PROJECT, name: PROJECT } },
  },
  listExperiments: { experimentIds: [], flags: [] },
  retrieveUserQuota: { buckets: [] },
};

/** Answers a question about the caller's own standing. Rejects with AppError("not_found") for others. */
export async function aboutAnswer(
  { ports }: Pick<Visit, "ports">,
  key: KeyRecord,
  { method }: Pick<RouteMatch, "method">,
): Promise<unknown> {
  if (Object.hasOwn(CODE_ASSIST, method)) return CODE_ASSIST[method];
  const answer = ABOUT_KEY[method];
  if (!answer) throw new AppError("not_found", "There is nothing at this address.");
  return answer(key, await ports.standing(key.id));
}

type AboutKey = (key: KeyRecord, standing: KeyStanding) => unknown;

const ABOUT_KEY: Readonly<Record<string, AboutKey>> = {
  me: ({ id, name }, { createdAtMs }) => ({
    id: `user_${id}`,
    type: "user",
    display_name: name,
    created_at: new Date(createdAtMs).toISOString(),
  }),
  usage: (key, standing) => ({ object: "usage", ...usage(standing), limits: limitsOf(key) }),
  "key-info": (key, standing) => ({
    object: "key",
    id: key.id,
    name: key.name,
    created_at: new Date(standing.createdAtMs).toISOString(),
    expires_at: key.expiresAtMs === null ? null : new Date(key.expiresAtMs).toISOString(),
    apis: key.faces,
    models: key.models && { [key.models.mode]: key.models.patterns },
    limits: limitsOf(key),
    usage: usage(standing),
  }),
};

function usage({ today, month, total }: KeyStanding) {
  return { today: sumsOf(today), month: sumsOf(month), total: sumsOf(total) };
}

function sumsOf(use: KeyUse) {
  return {
    requests: use.requests,
    input_tokens: use.inputTokens,
    cache_read_tokens: use.cacheReadTokens,
    cache_write_tokens: use.cacheWriteTokens,
    output_tokens: use.outputTokens,
    cost_usd: dollars(use.chargeMicroUsd),
  };
}

function limitsOf({ spendLimits, rateLimits, concurrency }: KeyRecord) {
  return [
    ...spendLimits.map(({ name, period, limitMicroUsd }) => ({
      name,
      period,
      cost_usd: dollars(limitMicroUsd),
    })),
    ...rateLimits.map(({ name, windowSeconds, requests }) => ({
      name,
      window_seconds: windowSeconds,
      requests,
    })),
    ...concurrency.map(({ name, limit }) => ({ name, concurrent: limit })),
  ];
}

/** For people and scripts; money is kept and summed as whole micro-dollars elsewhere. */
function dollars(microUsd: bigint): number {
  return Number(microUsd) / MICRO;
}
