"use client";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { providersQuery } from "@/lib/client/queries/accounts";
import type { Account, ProviderForm } from "@/lib/contracts/accounts";
import { isFace } from "@/lib/shared/faces";
import { Button } from "@/lib/ui/primitives/button";
import { Sheet } from "@/lib/ui/primitives/sheet";
import { NewAccount } from "./new-account";

/** The button that adds an account: first its kind, then the fields that this kind asks for. */
export function AddAccount({ look = "primary" }: { look?: "primary" | "secondary" }) {
  const t = useTranslations("adminAccounts");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [provider, setProvider] = useState<ProviderForm | null>(null);
  const show = (next: boolean) => {
    setOpen(next);
    setProvider(null);
  };
  const done = ({ id }: Account) => {
    show(false);
    router.push(`/admin/accounts/${id}`);
  };
  return (
    <>
      <Button look={look} onClick={() => show(true)}>
        <Plus aria-hidden="true" />
        {t("add")}
      </Button>
      {provider ? (
        <NewAccount
          provider={provider}
          onBack={() => setProvider(null)}
          onClose={() => show(false)}
          onDone={done}
        />
      ) : (
        <Sheet
          title={t("form.addTitle")}
          purpose={t("form.kindPurpose")}
          open={open}
          onOpenChange={show}
        >
          <KindChoice onPick={setProvider} />
        </Sheet>
      )}
    </>
  );
}

function KindChoice({ onPick }: { onPick: (provider: ProviderForm) => void }) {
  const t = useTranslations("adminAccounts.form");
  const faces = useTranslations("keys.form.faceNames");
  const { data: providers = [] } = useQuery(providersQuery);
  return (
    <ul className="flex flex-col gap-3">
      {providers.map((provider) => (
        <li key={provider.id}>
          <button
            type="button"
            onClick={() => onPick(provider)}
            className="flex w-full flex-col gap-0.5 rounded-lg border border-control bg-surface px-4 py-3 text-start transition-colors hover:bg-hover"
          >
            <span className="font-medium">{provider.label}</span>
            <span className="text-ink-muted text-sm">
              {t("kindHelp", { protocol: protocolName(provider.protocol) })}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );

  function protocolName(protocol: string): string {
    return isFace(protocol) ? faces(protocol) : protocol;
  }
}
