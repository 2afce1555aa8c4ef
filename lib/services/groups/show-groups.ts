import type { Group } from "../../contracts/groups";
import { listAccountRows } from "../../db/accounts";
import { countBoundKeys, type GroupRow } from "../../db/groups";
import { showAccounts } from "../accounts/show-accounts";
import type { Context } from "../context";

/** Groups as they are answered: with their members' states and the keys that use them. */
export async function showGroups(ctx: Context, rows: readonly GroupRow[]): Promise<Group[]> {
  const wanted = new Set(rows.flatMap(({ members }) => members.map(({ accountId }) => accountId)));
  const [accounts, keys] = await Promise.all([
    listAccountRows(ctx.db).then((all) =>
      showAccounts(
        ctx,
        all.filter(({ id }) => wanted.has(id)),
      ),
    ),
    countBoundKeys(
      ctx.db,
      rows.map(({ id }) => id),
    ),
  ]);
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return rows.map(({ id, name, note, members, createdAt }) => ({
    id,
    name,
    note,
    members: members
      .flatMap(({ accountId, weight }) => {
        const account = byId.get(accountId);
        if (!account) return [];
        const { providerLabel, state } = account;
        return [{ accountId, name: account.name, providerLabel, state: state.kind, weight }];
      })
      .sort((a, b) => a.name.localeCompare(b.name)),
    keys: keys.get(id) ?? 0,
    createdAt: createdAt.toISOString(),
  }));
}

/** One group as it is answered. */
export async function showOneGroup(ctx: Context, row: GroupRow): Promise<Group> {
  const [group] = await showGroups(ctx, [row]);
  if (!group) throw new TypeError("One row makes one group.");
  return group;
}
