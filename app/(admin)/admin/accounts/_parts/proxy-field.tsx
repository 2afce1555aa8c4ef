"use client";
import { useTranslations } from "next-intl";
import type { Account } from "@/lib/contracts/accounts";
import { Input } from "@/lib/ui/primitives/input";
import { type FormPartProps, TextField } from "./form-part";
import { RefusedAddress } from "./refused-address";

interface ProxyFieldProps extends FormPartProps {
  account: Account | null;
  /** The server does not let the portal call it. */
  refused: boolean;
}

/** The proxy that an account is called through. A stored log-in is kept as long as the address is. */
export function ProxyField({ account, refused, ...part }: ProxyFieldProps) {
  const t = useTranslations("adminAccounts.form");
  const { form } = part;
  return (
    <>
      <TextField
        {...part}
        field="proxy"
        label={t("proxy")}
        help={t(account?.proxy?.hasLogIn ? "proxyKept" : "proxyHelp")}
        optional
      >
        {(control) => (
          <Input
            {...control}
            {...form.register("proxy")}
            mono
            placeholder="socks5://user:password@host:1080"
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </TextField>
      {refused ? (
        <RefusedAddress address={form.watch("proxy")} accountName={form.watch("name")} />
      ) : null}
    </>
  );
}
