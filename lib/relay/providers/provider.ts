import type { z } from "zod";
import type { AppError } from "../../shared/errors";
import { perObject } from "../../shared/per-object";
import type { CallAction, CallFacts, ModelMap, ProtocolId } from "../model";
import type { Machine } from "../stream/machine";
import type { AnswerHeaders, QuotaWindow } from "./quota-window";
import { erasedRenewal, erasedSignIn, type RenewalDefinition, type SignIn } from "./sign-in";

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

/** What an upstream wants around the bytes of its protocol: an envelope, a framing of its own. */
export interface Wire {
  /** The body to send, from the protocol's own. */
  body(body: Uint8Array, send: SendFacts): Uint8Array;
  /** Unwraps a streamed answer into the protocol's own bytes; made anew for each attempt. */
  stream?(send: SendFacts): Machine<Uint8Array, Uint8Array>;
  /** Unwraps a whole answer. */
  whole?(body: Uint8Array, send: SendFacts): Uint8Array;
  /** Part of the content type by which a stream of this wire is known; "event-stream" when absent. */
  streamType?: string;
}

/** A request that is ready to leave, for upstreams that want it signed. */
export interface SignableRequest {
  method: string;
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
  nowMs: number;
}

export interface Probe {
  model: string;
  body: Uint8Array | null;
  path: "generate";
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
  /**
   * Names of settings that are URLs which the portal calls: they pass the outbound guard, and a changed
   * host demands the secret again.
   */
  urlSettings: readonly string[];
  /** Model mapping that a new account of this kind starts with. */
  defaultModelMap?: ModelMap;
  /**
   * Asked once for an account's settings and secret (some credentials say where they belong); what it answers
   * is asked at every request.
   */
  address(settings: z.output<S>, secret: () => z.output<K>): (send: SendFacts) => URL;
  /** Asked once for an account's secret and settings, as `address` is. */
  headers(
    secret: z.output<K>,
    settings: z.output<S>,
  ): (send: SendFacts) => Readonly<Record<string, string>>;
  /** Asked once for an account's settings and secret; absent where the protocol's bytes are sent as they are. */
  wire?(settings: z.output<S>, secret: z.output<K>): Wire;
  /** Headers that sign the whole request, added last. Absent, or {} for a secret that signs nothing. */
  sign?(
    secret: z.output<K>,
    settings: z.output<S>,
    request: SignableRequest,
  ): Promise<Readonly<Record<string, string>>>;
  /** How an admin connects an account in the browser; absent where the secret is typed in. */
  signIn?: SignIn<z.output<S>, z.output<K>>;
  /** How an access token that runs out is renewed. */
  renewal?: RenewalDefinition<z.output<S>, z.output<K>>;
  /** Quota windows that an answer's headers state; called with every answer. */
  windows?(headers: AnswerHeaders, nowMs: number): readonly QuotaWindow[];
  /** Quota windows that a failure tells of, where no header does. */
  limitedWindows?(error: AppError, nowMs: number): readonly QuotaWindow[];
  /** Client programs (ids of `clients.ts`) that the provider reserves the account for; any when absent. */
  onlyClients?: readonly string[];
  /**
   * Names an upstream answer of status ≥ 300: code, family, retry-after. Never decides by message
   * alone unless the provider has no other way to say it. `model` is the one that was sent.
   */
  diagnose(answer: FailedAnswer): AppError;
  /**
   * A small call that shows whether the account works, and the model it asks. Without a body it is a GET
   * of the address that `address` gives for the action "probe".
   */
  probe(settings: z.output<S>, map: ModelMap): Probe;
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
  address(settings: unknown, send: SendFacts, secret?: unknown): URL;
  /** The same object may be answered to many requests: nobody may change it. */
  headers(secret: unknown, settings: unknown, send: SendFacts): Readonly<Record<string, string>>;
  /** null where the protocol's bytes are sent as they are. */
  wire(settings: unknown, secret: unknown): Wire | null;
  sign:
    | ((
        secret: unknown,
        settings: unknown,
        request: SignableRequest,
      ) => Promise<Readonly<Record<string, string>>>)
    | null;
  signIn: SignIn<unknown, unknown> | null;
  renewal: RenewalDefinition<unknown, unknown> | null;
  onlyClients: readonly string[];
  windows: ((headers: AnswerHeaders, nowMs: number) => readonly QuotaWindow[]) | null;
  limitedWindows: ((error: AppError, nowMs: number) => readonly QuotaWindow[]) | null;
  diagnose(answer: FailedAnswer): AppError;
  probe(settings: unknown, map: ModelMap): Probe;
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
  const addressOf = perGiven((given) =>
    perGiven((sealed) => definition.address(settingsOf(given), () => secretOf(sealed))),
  );
  const headersOf = perGiven((sealed) =>
    perGiven((given) => definition.headers(secretOf(sealed), settingsOf(given))),
  );
  const { sign, signIn, renewal } = definition;
  const wireOf = perGiven((sealed) =>
    perGiven((given) => definition.wire?.(settingsOf(given), secretOf(sealed)) ?? null),
  );
  return {
    ...definition,
    also: definition.also ?? [],
    counts: definition.counts ?? true,
    defaultModelMap: definition.defaultModelMap ?? { entries: [] },
    address: (given, send, sealed) => addressOf(given)(sealed)(send),
    headers: (sealed, given, send) => headersOf(sealed)(given)(send),
    wire: (given, sealed) => wireOf(sealed)(given),
    sign: sign
      ? (sealed, given, request) => sign(secretOf(sealed), settingsOf(given), request)
      : null,
    signIn: signIn ? erasedSignIn(signIn, settingsOf) : null,
    renewal: renewal ? erasedRenewal(renewal, settingsOf, secretOf) : null,
    onlyClients: definition.onlyClients ?? [],
    windows: definition.windows ?? null,
    limitedWindows: definition.limitedWindows ?? null,
    probe: (given, map) => definition.probe(settingsOf(given), map),
  };
}

/** Made once for each object: an account keeps its own until the snapshot is read again. */
function perGiven<V>(make: (given: unknown) => V): (given: unknown) => V {
  const kept = perObject<object, V>(make);
  return (given) => (typeof given === "object" && given !== null ? kept(given) : make(given));
}
