"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useAddAllowedHost } from "@/lib/client/hooks/settings";
import { allowedHostsQuery } from "@/lib/client/queries/settings";
import { Button } from "@/lib/ui/primitives/button";
import { Notice } from "@/lib/ui/primitives/notice";
import { toast } from "@/lib/ui/primitives/toaster";
import { useFailureText } from "../../../../_parts/use-failure-text";

interface RefusedAddressProps {
  /** The address that the server refused, as typed. */
  address: string;
  accountName: string;
}

/** Explains why an address was refused and lets an admin allow its exact host and port at once. */
export function RefusedAddress({ address, accountName }: RefusedAddressProps) {
  const t = useTranslations("adminAccounts.form");
  const failureText = useFailureText();
  const { data: hosts = [] } = useQuery(allowedHostsQuery);
  const allow = useAddAllowedHost();
  const hostPort = hostPortOf(address);
  // What is on the list already was refused for another reason: the field's own sentence says which.
  const listed = hosts.some((host) => host.hostPort === hostPort);
  if (hostPort === null) return null;
  if (allow.isSuccess && listed) return <Notice tone="good" title={t("allowed", { hostPort })} />;
  if (listed) return null;
  const note = accountName ? t("allowNote", { name: accountName }).slice(0, 200) : "";
  return (
    <Notice tone="warn" title={t("refusedTitle")}>
      <p>{t("refusedBody", { hostPort })}</p>
      <Button
        size="sm"
        className="mt-2"
        busy={allow.isPending}
        onClick={() =>
          allow.mutate({ hostPort, note }, { onError: (error) => toast.failed(failureText(error)) })
        }
      >
        {t("allow", { hostPort })}
      </Button>
    </Notice>
  );
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = {
  "http:": "80",
  "https:": "443",
  "socks5:": "1080",
};

/** `host:port` that an address means; null when it is none. */
function hostPortOf(address: string): string | null {
  const url = URL.parse(address);
  const fallback = url && DEFAULT_PORTS[url.protocol];
  return url && fallback ? `${url.hostname}:${url.port || fallback}` : null;
}
