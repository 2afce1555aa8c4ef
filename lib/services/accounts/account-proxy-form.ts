import type { Account } from "../../contracts/accounts";
import { AppError } from "../../shared/errors";
import type { Context } from "../context";
import { accountProxyPlace, openAccountProxy } from "../relay/account-proxy";
import { refusal } from "./account-form";

/** The guard lets the portal call this proxy, or `invalid_request` says why it does not. */
export async function checkProxy(ctx: Context, proxy: string | null | undefined): Promise<void> {
  if (!proxy) return;
  try {
    await ctx.outbound.checkProxy(proxy);
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    throw refusal({ proxy: thrown.message }, thrown);
  }
}

/** A proxy as it is stored: sealed, for its log-in is a secret. undefined leaves the stored one. */
export function sealedProxy(
  { vault }: Context,
  accountId: string,
  proxy: string | null | undefined,
): string | null | undefined {
  return proxy ? vault.seal(accountProxyPlace(accountId), proxy) : proxy;
}

/** What is shown of a stored proxy: everything but its log-in. One that cannot be read has no host. */
export function shownProxy(
  { vault }: Context,
  { id, sealedProxy: sealed }: { id: string; sealedProxy: string | null },
): Account["proxy"] {
  if (sealed === null) return null;
  const url = readable(() => openAccountProxy(vault, id, sealed));
  if (!url) return { address: "", hasLogIn: false };
  return { address: `${url.protocol}//${url.host}`, hasLogIn: url.username !== "" };
}

function readable(open: () => string | null): URL | null {
  try {
    return URL.parse(open() ?? "");
  } catch {
    return null;
  }
}
