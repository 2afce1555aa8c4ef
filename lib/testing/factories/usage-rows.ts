import type { DbClient } from "../../db/client";
import { newId } from "../../shared/ids";

interface TestRequest {
  userId: string;
  keyId: string;
  startedAt?: Date;
  accountId?: string;
  model?: string;
  outcome?: string;
  status?: number;
  failure?: string | null;
  failureMessage?: string | null;
  inputTokens?: bigint;
  outputTokens?: bigint;
  chargeMicroUsd?: bigint;
  passThroughOf?: string | null;
}

/** A model's price as price books store it: micro-USD per million tokens, decimal. */
export const TEST_PRICE = {
  input: "3000000",
  cacheRead: "300000",
  cacheWrite5m: "3750000",
  cacheWrite1h: "6000000",
  output: "15000000",
  image: "0",
  webSearch: "0",
  tiers: [],
};

/** A booked request, as the worker writes it. Answers its id. */
export async function bookTestRequest(db: DbClient, given: TestRequest): Promise<string> {
  const requestId = newId("request");
  const startedAt = given.startedAt ?? new Date(Date.now() - 60_000);
  await db.request.create({
    data: {
      face: "anthropic",
      action: "generate",
      model: "claude-sonnet-4-5",
      status: 200,
      outcome: "complete",
      client: "claude-cli/2.1.330",
      stream: "sse",
      attempts: 1,
      durationMs: 1_000,
      firstByteMs: 200,
      sentModel: "gemini-3-pro-preview",
      costMicroUsd: given.chargeMicroUsd ?? 0n,
      ...given,
      requestId,
      startedAt,
      endedAt: new Date(startedAt.getTime() + 1_000),
    },
  });
  return requestId;
}

interface TestHour {
  userId: string;
  keyId: string;
  hour: Date;
  model?: string;
  accountId?: string;
  requests?: bigint;
  chargeMicroUsd?: bigint;
}

/** A row of the roll-up by hour. */
export async function bookTestHour(db: DbClient, given: TestHour): Promise<void> {
  await db.usageHour.create({
    data: {
      accountId: "acc_1",
      face: "anthropic",
      model: "claude-sonnet-4-5",
      outcome: "complete",
      requests: 1n,
      inputTokens: 100n,
      outputTokens: 10n,
      costMicroUsd: given.chargeMicroUsd ?? 0n,
      firstByteMsSum: 200n,
      firstByteCount: 1n,
      durationMsSum: 1_000n,
      ...given,
    },
  });
}
