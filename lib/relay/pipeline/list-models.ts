import { AppError } from "../../shared/errors";
import { mapThrough } from "../mapping";
import type { KeyRecord, PoolAccount, ProtocolId } from "../model";
import type { RelayPorts } from "../ports";
import type { ListedModel } from "../protocols/protocol";
import { spokenFor } from "../providers/spoken-for";
import { exclusionOf } from "../scheduling/eligibility";
import { withAlias, withoutAlias } from "../translation/own-names";
import { isModelAllowed } from "./access";

type Ports = Pick<RelayPorts, "pool" | "clock" | "knownModels">;

/**
 * Models that this key can use now: names that the maps of its accounts ask for by name, and for
 * accounts that let every name pass, the known models of the format that they speak. A Claude client is
 * shown models of other makers by an alias, for its picker lists no other names.
 */
export function usableModels(key: KeyRecord, protocol: ProtocolId, ports: Ports): ListedModel[] {
  const usable = new Map<string, ListedModel>();
  for (const account of ports.pool()) {
    for (const model of listedOf(account, key, protocol, ports)) {
      const { id } = model;
      if (usable.has(id) || !isModelAllowed(key, id)) continue;
      if (serves(account, key, protocol, id, ports)) usable.set(id, model);
    }
  }
  return [...usable.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What an account may offer to callers of a format, under the names that they are shown. */
function listedOf(
  account: PoolAccount,
  key: KeyRecord,
  protocol: ProtocolId,
  ports: Ports,
): ListedModel[] {
  const spoken = spokenFor(protocol)(account.provider);
  if (spoken === null) return [];
  const known = ports.knownModels(spoken);
  const byId = new Map(known.map((model) => [model.id, model]));
  const isAliased = protocol === "anthropic" && spoken !== protocol;
  return offered(account, key, known).map((model) =>
    named(isAliased ? withAlias(model) : model, byId.get(model)),
  );
}

/** The model's own entry of the list, by its name or its alias. Throws AppError("not_found"). */
export function usableModel(models: readonly ListedModel[], id: string): ListedModel {
  const model = models.find((listed) => listed.id === id || withoutAlias(listed.id) === id);
  if (!model) throw new AppError("not_found", `The model ${id} is not offered to this key.`);
  return model;
}

/** Patterns name nothing, nor do the entries for a whole family. */
const NO_NAMES: ReadonlySet<string> = new Set(["default", "opus", "sonnet", "haiku"]);

function offered(account: PoolAccount, key: KeyRecord, known: readonly ListedModel[]): string[] {
  const names = [...key.modelMap.entries, ...account.modelMap.entries].map(({ from }) => from);
  const exact = names.filter((name) => !name.includes("*") && !NO_NAMES.has(name.toLowerCase()));
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
  const spokenBy = spokenFor(protocol);
  const facts = { protocol, model, key, stickyAccountId: null, spokenBy };
  const reason = exclusionOf(account, facts, { tried: new Set(), nowMs: clock.nowMs(), bound });
  // A full account is one that serves; it is only busy.
  return reason === null || reason === "concurrency-full";
}

function boundIds(pool: readonly PoolAccount[], { kind, id }: NonNullable<KeyRecord["binding"]>) {
  if (kind === "account") return new Set([id]);
  return new Set(pool.filter(({ groupIds }) => groupIds.includes(id)).map((account) => account.id));
}

function named(id: string, known: ListedModel | undefined): ListedModel {
  if (known) return { ...known, id };
  return { id, displayName: id, createdAtMs: 0, inputTokenLimit: null, outputTokenLimit: null };
}
