import { AppError } from "../../shared/errors";
import { mapThrough } from "../mapping";
import type { KeyRecord, PoolAccount, ProtocolId } from "../model";
import type { RelayPorts } from "../ports";
import type { ListedModel } from "../protocols/protocol";
import { providerOf } from "../providers/registry";
import { exclusionOf } from "../scheduling/eligibility";
import { isModelAllowed } from "./access";

type Ports = Pick<RelayPorts, "pool" | "clock" | "knownModels">;

/**
 * Models that this key can use now: names that the maps of its accounts ask for by name, and for
 * accounts that let every name pass, the known models of their protocol.
 */
export function usableModels(key: KeyRecord, protocol: ProtocolId, ports: Ports): ListedModel[] {
  const known = ports.knownModels(protocol);
  const byId = new Map(known.map((model) => [model.id, model]));
  const usable = new Set<string>();
  for (const account of ports.pool()) {
    for (const model of offered(account, key, known)) {
      if (
        !usable.has(model) &&
        isModelAllowed(key, model) &&
        serves(account, key, protocol, model, ports)
      ) {
        usable.add(model);
      }
    }
  }
  return [...usable].sort().map((id) => byId.get(id) ?? plain(id));
}

/** The model's own entry of the list. Throws AppError("not_found"). */
export function usableModel(models: readonly ListedModel[], id: string): ListedModel {
  const model = models.find((listed) => listed.id === id);
  if (!model) throw new AppError("not_found", `The model ${id} is not offered to this key.`);
  return model;
}

function offered(account: PoolAccount, key: KeyRecord, known: readonly ListedModel[]): string[] {
  const names = [...key.modelMap.entries, ...account.modelMap.entries].map(({ from }) => from);
  const exact = names.filter((name) => !name.includes("*") && name.toLowerCase() !== "default");
  const passing = known
    .map(({ id }) => id)
    .filter((id) => mapThrough(key.modelMap, account.modelMap, id));
  return [...exact, ...passing];
}

function serves(
  account: PoolAccount,
  key: KeyRecord,
  protocol: ProtocolId,
  model: string,
  { clock, pool }: Ports,
): boolean {
  const { binding } = key;
  const bound = binding && !binding.fallback ? boundIds(pool(), binding) : null;
  const facts = {
    protocol,
    model,
    key,
    stickyAccountId: null,
    protocolOf: (provider: string) => providerOf(provider)?.protocol ?? null,
  };
  const reason = exclusionOf(account, facts, { tried: new Set(), nowMs: clock.nowMs(), bound });
  // A full account is one that serves; it is only busy.
  return reason === null || reason === "concurrency-full";
}

function boundIds(pool: readonly PoolAccount[], { kind, id }: NonNullable<KeyRecord["binding"]>) {
  if (kind === "account") return new Set([id]);
  return new Set(pool.filter(({ groupIds }) => groupIds.includes(id)).map((account) => account.id));
}

function plain(id: string): ListedModel {
  return { id, displayName: id, createdAtMs: 0, inputTokenLimit: null, outputTokenLimit: null };
}
