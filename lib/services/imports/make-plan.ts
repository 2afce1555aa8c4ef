import type { z } from "zod";
import type { ImportBody } from "../../contracts/imports";
import { listOrigins } from "../../db/imports";
import { AppError } from "../../shared/errors";
import {
  checkAddresses,
  demandProvider,
  parseSecret,
  parseSettings,
  refusal,
  tokenEndOf,
} from "../accounts/account-form";
import { checkProxy } from "../accounts/account-proxy-form";
import type { Context } from "../context";
import type { ForeignAccount, ForeignPool } from "./foreign";
import { askLiveCrs } from "./live-crs";
import { type About, itemOf, type PlanItem, skipped } from "./plan-item";
import { planKeys } from "./plan-keys";
import { PoolFile, readPoolFile } from "./pool-file";
import { CrsExport, readCrs } from "./read-crs";

type Input = z.output<typeof ImportBody>;

export interface ImportPlan {
  source: ForeignPool["source"];
  label: string;
  items: readonly PlanItem[];
}

/**
 * What an import would do, item by item: everything is read and checked as it is when it is done, and
 * nothing is changed. Throws `invalid_request` for what is no export, or one that cannot be opened.
 */
export async function makePlan(ctx: Context, input: Input): Promise<ImportPlan> {
  const foreign = await readForeign(ctx, input);
  const { source, leftOut } = foreign;
  const planned = [
    ...(await planAccounts(ctx, foreign, input)),
    ...(await planGroups(ctx, foreign)),
    ...(await planKeys(ctx, foreign, input)),
    ...leftOut.map((one) => skipped(one, one.reason)),
  ];
  return { source, label: labelOf(input.from), items: planned };
}

async function readForeign(ctx: Context, { from, pepper }: Input): Promise<ForeignPool> {
  const now = new Date(ctx.clock.nowMs());
  if (from.kind === "live") return readCrs(await askLiveCrs(ctx, from), pepper, now);
  const own = PoolFile.safeParse(from.file);
  if (own.success) return readPoolFile(own.data);
  const crs = CrsExport.safeParse(from.file);
  if (crs.success) return readCrs(crs.data, pepper, now);
  const sentence = "This is no export of claude-relay-service, nor one of this portal.";
  throw refusal({ "from.file": sentence });
}

/** The name of the file, or the host: never a path of the admin's machine or a password. */
function labelOf(from: Input["from"]): string {
  if (from.kind === "live") return URL.parse(from.url)?.host ?? "";
  return from.name.split(/[\\/]/).at(-1) ?? "";
}

async function planAccounts(
  ctx: Context,
  { source, accounts }: ForeignPool,
  { antigravitySecret }: Input,
): Promise<PlanItem[]> {
  const known = await listOrigins(ctx.db, source, "account");
  const check = onceEach(ctx.outbound.check);
  const checked = { ...ctx, outbound: { ...ctx.outbound, check } };
  const planned: PlanItem[] = [];
  for (const given of accounts) {
    const from = withClientSecret(given, antigravitySecret);
    const about = { ...from, kind: "account", detail: from.provider } as const;
    if (known.has(from.foreignId)) planned.push(skipped(about, "imported"));
    else if (lacksClientSecret(from)) planned.push(skipped(about, "no-client-secret"));
    else planned.push(await planAccount(checked, from, about));
  }
  return planned;
}

/** Many accounts call one address: asking for its name again tells nothing new. */
function onceEach(check: Context["outbound"]["check"]): Context["outbound"]["check"] {
  const checks = new Map<string, Promise<URL>>();
  return (url) => {
    const known = checks.get(url) ?? check(url);
    checks.set(url, known);
    return known;
  };
}

/** The other portal kept the secret of this kind's client beside its accounts, not with them. */
function withClientSecret(from: ForeignAccount, clientSecret: string | undefined): ForeignAccount {
  if (from.provider !== "antigravity" || clientSecret === undefined) return from;
  return { ...from, settings: { clientSecret, ...from.settings } };
}

function lacksClientSecret({ provider, settings }: ForeignAccount): boolean {
  return provider === "antigravity" && settings.clientSecret === undefined;
}

async function planAccount(ctx: Context, from: ForeignAccount, about: About): Promise<PlanItem> {
  try {
    const provider = demandProvider(from.provider);
    const settings = parseSettings(provider, from.settings);
    const secret = parseSecret(provider, from.secret);
    await checkAddresses(ctx, provider, settings);
    // Without its proxy an account would show its provider another address than before.
    await checkProxy(ctx, from.proxy);
    const fields = { ...from.fields, name: from.name, proxy: from.proxy };
    const account = { fields, settings, secret, tokenExpiresAt: tokenEndOf(provider, secret) };
    return { item: itemOf(about), made: { kind: "account", from, account } };
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    return skipped(about, "invalid", thrown.message);
  }
}

async function planGroups(ctx: Context, { source, groups }: ForeignPool): Promise<PlanItem[]> {
  const known = await listOrigins(ctx.db, source, "group");
  return groups.map((from) => {
    const about = {
      kind: "group",
      foreignId: from.foreignId,
      name: from.name,
      detail: "",
    } as const;
    if (known.has(from.foreignId)) return skipped(about, "imported");
    return { item: itemOf(about), made: { kind: "group", from } };
  });
}
