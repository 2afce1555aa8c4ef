import type { AppError } from "../shared/errors";

/** How long a call to an upstream may take, in ms. */
export interface UpstreamLimits {
  connectMs: number;
  firstByteMs: number;
  idleMs: number;
  totalMs: number;
}

export interface UpstreamRequest {
  accountId: string;
  url: URL;
  method: "GET" | "POST";
  headers: Readonly<Record<string, string>>;
  body: Uint8Array | null;
  limits: UpstreamLimits;
  /** Address of the proxy to go through, log-in included: as secret as a header. null or absent for none. */
  proxy?: string | null;
}

/**
 * After `onError` or `onEnd` nothing more is called; after `abort` nothing at all. Nothing is called
 * before `dispatch` has returned. An encoded answer is decoded by the port, within a bound.
 */
export interface UpstreamHandler {
  onHead(status: number, headers: Readonly<Record<string, string>>): void;
  /** false pauses the upstream until `resume`. */
  onData(chunk: Uint8Array): boolean;
  onEnd(): void;
  /** Always a named failure: upstream_broken, upstream_silent, … */
  onError(error: AppError): void;
}

export interface UpstreamExchange {
  resume(): void;
  abort(): void;
}
