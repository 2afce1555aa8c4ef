"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { accountsQuery } from "@/lib/client/queries/accounts";
import { groupsQuery } from "@/lib/client/queries/groups";
import type { Key } from "@/lib/contracts/keys";
import { Fact, Facts } from "../../_parts/facts";

/** Whose a key is, which account serves it, and where its requests are. */
export function AdminKeyFacts({ apiKey }: { apiKey: Key }) {
  const t = useTranslations("adminKeys");
  const { owner, binding, id } = apiKey;
  return (
    <Facts>
      {owner ? (
        <Fact name={t("owner")}>
          {owner.name} ({owner.email})
        </Fact>
      ) : null}
      <Fact name={t("form.binding")}>
        {binding ? <Binding binding={binding} /> : t("form.sharedPool")}
      </Fact>
      <Fact name={t("requests")}>
        <Link href={`/admin/requests?key=${id}`} className="text-accent-text hover:underline">
          {t("openRequests")}
        </Link>
      </Fact>
    </Facts>
  );
}

function Binding({ binding }: { binding: NonNullable<Key["binding"]> }) {
  const t = useTranslations("adminKeys.form");
  const { data: accounts = [] } = useQuery(accountsQuery);
  const { data: groups = [] } = useQuery(groupsQuery);
  const name = [...accounts, ...groups].find(({ id }) => id === binding.id)?.name ?? binding.id;
  return (
    <>
      {name}
      {binding.fallback ? <span className="text-ink-muted"> · {t("fallback")}</span> : null}
    </>
  );
}
