/** What a key used in a span of time, as its own holder may see it. */
export interface KeyUse {
  requests: number;
  /** Tokens of every kind that a request can send. */
  inputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
  outputTokens: number;
  chargeMicroUsd: bigint;
}

/** How a key stands: since when it is there, and what it used. Days and months are UTC's. */
export interface KeyStanding {
  createdAtMs: number;
  today: KeyUse;
  month: KeyUse;
  total: KeyUse;
}
