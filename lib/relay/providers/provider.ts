import type { z } from "zod";
import type { AppError } from "../../shared/errors";
import { perObject } from "../../shared/per-object";
import type { CallAction, CallFacts, ModelMap, ProtocolId } from "../model";

/** What a provider is asked when a request is sent to one of its accounts. */
export interface SendFacts {
  action: CallAction;
  /** The mapped model's name. */
  model: string;
  /** The format that is spoken to the upstream for this call; the caller's own is in `facts`. */
  protocol: ProtocolId;
  /** Gemini's verb as the path named it; "" where there is none. */
  method: string;
  facts: CallFacts;
  /** The caller's headers that may travel (allow-list of the protocol). */
  forwarded: Readonly<Record<string, string>>;
  query: URLSearchParams;
}

/** An upstream's answer that is no success. */
export interface FailedAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** At most its first 64 KB. */
  body: string;
  /** The mapped model's name. */
  model: string;
}

export interface ProviderDefinition<S extends z.ZodType, K extends z.ZodType> {
  id: string;
  label: string;
  protocol: ProtocolId;
  /** Further formats that its upstream takes as they are. */
  also?: readonly ProtocolId[];
  /** Has its upstream an endpoint that counts tokens? True when absent; else the portal estimates. */
  counts?: boolean;
  /** Readable part of the form; labels and help come from `.meta()`. */
  settings: S;
  /** Sealed part of the form. */
  secret: K;
  /** Names of settings that are URLs and pass the outbound guard; a changed host demands the secret again. */
  urlSettings: readonly string[];
  /** Model mapping that a new account of this kind starts with. */
  defaultModelMap?: ModelMap;
  /** Asked once for an account's settings; what it answers is asked at every request. */
  address(settings: z.output<S>): (send: SendFacts) => URL;
  /** Asked once for an account's secret and settings, as `address` is. */
  headers(
    secret: z.output<K>,
    settings: z.output<S>,
  ): (send: SendFacts) => Readonly<Record<string, string>>;
  /**
   * Names an upstream answer of status ≥ 300: code, family, retry-after. Never decides by message
   * alone unless the provider has no other way to say it. `model` is the one that was sent.
   */
  diagnose(answer: FailedAnswer): AppError;
  /** A small call that shows whether the account works; answers the model to ask. */
  probe(
    settings: z.output<S>,
    map: ModelMap,
  ): { model: string; body: Uint8Array; path: "generate" };
}

/** A provider with its schemas erased: what the registry holds and the pipeline uses. */
export interface Provider {
  id: string;
  label: string;
  protocol: ProtocolId;
  also: readonly ProtocolId[];
  counts: boolean;
  settings: z.ZodType;
  secret: z.ZodType;
  urlSettings: readonly string[];
  defaultModelMap: ModelMap;
  address(settings: unknown, send: SendFacts): URL;
  /** The same object may be answered to many requests: nobody may change it. */
  headers(secret: unknown, settings: unknown, send: SendFacts): Readonly<Record<string, string>>;
  diagnose(answer: FailedAnswer): AppError;
  probe(settings: unknown, map: ModelMap): { model: string; body: Uint8Array; path: "generate" };
}

/**
 * Ties a provider's functions to its own schemas. The erased form parses settings and secret
 * where they are used, so that a stored account that no longer fits its schema fails by name.
 */
export function defineProvider<S extends z.ZodType, K extends z.ZodType>(
  definition: ProviderDefinition<S, K>,
): Provider {
  const settingsOf = perGiven((given) => definition.settings.parse(given));
  const secretOf = perGiven((sealed) => definition.secret.parse(sealed));
  const addressOf = perGiven((given) => definition.address(settingsOf(given)));
  const headersOf = perGiven((sealed) =>
    perGiven((given) => definition.headers(secretOf(sealed), settingsOf(given))),
  );
  return {
    ...definition,
    also: definition.also ?? [],
    counts: definition.counts ?? true,
    defaultModelMap: definition.defaultModelMap ?? { entries: [] },
    address: (given, send) => addressOf(given)(send),
    headers: (sealed, given, send) => headersOf(sealed)(given)(send),
    probe: (given, map) => definition.probe(settingsOf(given), map),
  };
}

/** Made once for each object: an account keeps its own until the snapshot is read again. */
function perGiven<V>(make: (given: unknown) => V): (given: unknown) => V {
  const kept = perObject<object, V>(make);
  return (given) => (typeof given === "object" && given !== null ? kept(given) : make(given));
}
