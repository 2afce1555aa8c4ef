"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useUpdateAccount } from "@/lib/client/hooks/accounts";
import { providersQuery } from "@/lib/client/queries/accounts";
import type { Account } from "@/lib/contracts/accounts";
import { Button } from "@/lib/ui/primitives/button";
import { Sheet } from "@/lib/ui/primitives/sheet";
import { Skeleton } from "@/lib/ui/primitives/skeleton";
import { toast } from "@/lib/ui/primitives/toaster";
import { AccountForm } from "./account-form";
import { toUpdateBody } from "./account-form-values";

interface EditAccountProps {
  account: Account;
  onClose: () => void;
}

/** The form of one account beside the page. */
export function EditAccount({ account, onClose }: EditAccountProps) {
  const t = useTranslations("adminAccounts");
  const common = useTranslations("common");
  const { data: providers } = useQuery(providersQuery);
  const provider = providers?.find(({ id }) => id === account.provider);
  const update = useUpdateAccount();
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("form.editTitle", { name: account.name })}
      purpose={account.providerLabel}
      actions={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button
            type="submit"
            form="edit-account"
            look="primary"
            disabled={!provider}
            busy={update.isPending}
          >
            {common("save")}
          </Button>
        </>
      }
    >
      {provider ? (
        <AccountForm
          provider={provider}
          account={account}
          formId="edit-account"
          error={update.error}
          onSubmit={(values) =>
            update.mutate(
              { id: account.id, ...toUpdateBody(provider, values, account) },
              {
                onSuccess: ({ name }) => {
                  toast.done(t("saved", { name }));
                  onClose();
                },
              },
            )
          }
        />
      ) : (
        <Skeleton className="h-64 w-full" />
      )}
    </Sheet>
  );
}
