"use client";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useCreateAccount } from "@/lib/client/hooks/accounts";
import { providersQuery } from "@/lib/client/queries/accounts";
import type { ProviderForm } from "@/lib/contracts/accounts";
import { isFace } from "@/lib/shared/faces";
import { Button } from "@/lib/ui/primitives/button";
import { Sheet } from "@/lib/ui/primitives/sheet";
import { toast } from "@/lib/ui/primitives/toaster";
import { AccountForm } from "./account-form";
import { toCreateBody } from "./account-form-values";

/** The button that adds an account: first its kind, then the fields that this kind asks for. */
export function AddAccount({ look = "primary" }: { look?: "primary" | "secondary" }) {
  const t = useTranslations("adminAccounts");
  const common = useTranslations("common");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [provider, setProvider] = useState<ProviderForm | null>(null);
  const create = useCreateAccount();
  const show = (next: boolean) => {
    setOpen(next);
    setProvider(null);
    create.reset();
  };
  return (
    <Sheet
      title={t("form.addTitle")}
      purpose={t(provider ? "form.fieldsPurpose" : "form.kindPurpose")}
      open={open}
      onOpenChange={show}
      trigger={
        <Button look={look}>
          <Plus aria-hidden="true" />
          {t("add")}
        </Button>
      }
      actions={
        provider ? (
          <>
            <Button onClick={() => setProvider(null)}>{common("back")}</Button>
            <Button type="submit" form="add-account" look="primary" busy={create.isPending}>
              {t("add")}
            </Button>
          </>
        ) : undefined
      }
    >
      {provider ? (
        <AccountForm
          provider={provider}
          account={null}
          formId="add-account"
          error={create.error}
          onSubmit={(values) =>
            create.mutate(toCreateBody(provider, values), {
              onSuccess: ({ id, name }) => {
                show(false);
                toast.done(t("added", { name }));
                router.push(`/admin/accounts/${id}`);
              },
            })
          }
        />
      ) : (
        <KindChoice onPick={setProvider} />
      )}
    </Sheet>
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
