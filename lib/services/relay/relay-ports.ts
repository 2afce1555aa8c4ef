import { hash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { newCapabilityTable } from "../../relay/capabilities/capability-table";
import type { AdmissionRequest, RelayPorts, RelaySettings, Ticket } from "../../relay/ports";
import { createFairLine } from "../../relay/scheduling/fair-line";
import type { Clock } from "../../shared/clock";
import { newId } from "../../shared/ids";
import { inFlight } from "../../shared/in-flight";
import { knownModels } from "../models/known-models";
import type { HeldSettings } from "../settings/stored";
import type { AccountStates } from "./account-states";
import type { Metering } from "./metering";
import { createRetryBudget } from "./retry-budget";
import type { Snapshots } from "./snapshots";
import type { ThoughtKeeper } from "./thought-keeper";

const SESSIONS_MAX = 100_000;

/** Limits that the environment sets above the portal's settings. */
export type RelayOverrides = Partial<
  Record<
    | "maxBodyBytes"
    | "connectMs"
    | "firstByteMs"
    | "idleMs"
    | "totalMs"
    | "keepAliveMs"
    | "writeStallMs"
    | "maxAttempts",
    number | undefined
  >
>;

export interface RelayPortsDeps {
  metering: Metering;
  /** Ends requests: `createInnerUsage` before the metering's own `settle`. */
  settle: RelayPorts["settle"];
  snapshots: Snapshots;
  states: AccountStates;
  clock: Clock;
  publicUrl: string;
  overrides: RelayOverrides;
  standing: RelayPorts["standing"];
  hmac: RelayPorts["hmac"];
  thoughts: ThoughtKeeper;
  renewed: RelayPorts["renewed"];
  dispatch: RelayPorts["dispatch"];
  log: RelayPorts["log"];
}

/** The world as the relay's core asks for it: this process's snapshots, Redis, and the way out. */
export function createRelayPorts(deps: RelayPortsDeps): RelayPorts {
  const { metering, snapshots, states, clock } = deps;
  const retries = createRetryBudget();
  const sticky = new LRUCache<string, string>({ max: SESSIONS_MAX });
  /** Account on which each running request is counted. */
  const busy = inFlight<string>();
  const settings = settingsReader(deps);
  const line = createFairLine({ clock });

  function occupy(requestId: string, accountId: string): void {
    free(requestId);
    busy.set(requestId, accountId);
    const load = states.loadOf(accountId);
    load.inFlight++;
    load.lastUsedAtMs = clock.nowMs();
  }

  function free(requestId: string): void {
    const accountId = busy.get(requestId);
    if (accountId === undefined) return;
    busy.delete(requestId);
    states.loadOf(accountId).inFlight--;
    line.freed();
  }

  function remember(request: AdmissionRequest, accountId: string): void {
    if (request.sticky) {
      sticky.set(request.sticky.id, accountId, { ttl: settings().stickyTtlMs });
    }
  }

  return {
    clock,
    settings,
    newRequestId: () => newId("request"),
    findKey: snapshots.findKey,
    pool: snapshots.pool,
    poolVersion: snapshots.poolVersion,
    prices: snapshots.prices,
    standing: deps.standing,
    knownModels: (protocol) => knownModels(snapshots.prices(), protocol),
    stickyAccount: (id) => sticky.get(id) ?? null,
    async admit(request: AdmissionRequest): Promise<Ticket> {
      retries.earn();
      const ticket = await metering.admit(request);
      remember(request, ticket.stickyAccountId ?? request.accountId);
      if (!ticket.accountFull) occupy(request.requestId, request.accountId);
      return ticket;
    },
    async leaseAccount(ticket, request) {
      const leased = await metering.leaseAccount(ticket, request);
      if (leased) {
        remember(request, request.accountId);
        occupy(request.requestId, request.accountId);
      }
      return leased;
    },
    checkpoint: (ticket, _request, attempts) => metering.checkpoint(ticket.requestId, attempts),
    settle(settlement) {
      free(settlement.requestId);
      deps.settle(settlement);
    },
    refused: metering.refused,
    report: states.report,
    mayRetry: retries.take,
    renewed: deps.renewed,
    dispatch: deps.dispatch,
    line,
    capabilities: newCapabilityTable(),
    sha256: (text) => hash("sha256", text),
    hmac: deps.hmac,
    recallThoughts: deps.thoughts.recall,
    keepThoughts: deps.thoughts.keep,
    log: deps.log,
  };
}

/** Settings as the core reads them at every request; computed again only when they have changed. */
function settingsReader({ snapshots, overrides, publicUrl }: RelayPortsDeps): () => RelaySettings {
  let source: HeldSettings | null = null;
  let held: RelaySettings | null = null;
  return () => {
    const now = snapshots.settings();
    if (held && source === now) return held;
    source = now;
    const { relay } = now;
    held = {
      maxBodyBytes: overrides.maxBodyBytes ?? relay.maxBodyBytes,
      upstream: {
        connectMs: overrides.connectMs ?? relay.connectMs,
        firstByteMs: overrides.firstByteMs ?? relay.firstByteMs,
        idleMs: overrides.idleMs ?? relay.idleMs,
        totalMs: overrides.totalMs ?? relay.totalMs,
      },
      keepAliveMs: overrides.keepAliveMs ?? relay.keepAliveMs,
      writeStallMs: overrides.writeStallMs ?? relay.writeStallMs,
      maxAttempts: overrides.maxAttempts ?? relay.maxAttempts,
      stickyTtlMs: relay.stickyTtlSeconds * 1000,
      queueMs: relay.queueMs,
      queuePerKey: relay.queuePerKey,
      strategy: relay.strategy,
      scoreWeights: {
        busy: relay.scoreBusy,
        errors: relay.scoreErrors,
        speed: relay.scoreSpeed,
        quota: relay.scoreQuota,
      },
      publicUrl,
    };
    return held;
  };
}
