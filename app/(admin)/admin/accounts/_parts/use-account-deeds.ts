"use client";
import { useTranslations } from "next-intl";
import {
  useDeleteAccount,
  useDrainAccount,
  usePauseAccount,
  useResetAccountState,
  useResumeAccount,
} from "@/lib/client/hooks/accounts";
import type { Account } from "@/lib/contracts/accounts";
import { toast } from "@/lib/ui/primitives/toaster";
import { useFailureText } from "../../../../_parts/use-failure-text";

/** What an admin does with an account at once; each deed tells its end in a toast. */
export function useAccountDeeds({ id, name }: Pick<Account, "id" | "name">) {
  const t = useTranslations("adminAccounts");
  const failureText = useFailureText();
  const pausing = usePauseAccount();
  const resuming = useResumeAccount();
  const draining = useDrainAccount();
  const resetting = useResetAccountState();
  const deleting = useDeleteAccount();
  const failed = { onError: (error: Error) => toast.failed(failureText(error)) };
  const resume = () =>
    resuming.mutate(id, { ...failed, onSuccess: () => toast.done(t("resumed", { name })) });
  const pause = () =>
    pausing.mutate(id, {
      ...failed,
      onSuccess: () =>
        toast.done(t("paused", { name }), { action: { label: t("undo"), onClick: resume } }),
    });
  const drain = () =>
    draining.mutate(id, {
      ...failed,
      onSuccess: () =>
        toast.done(t("drained", { name }), { action: { label: t("undo"), onClick: resume } }),
    });
  const reset = () =>
    resetting.mutate(id, { ...failed, onSuccess: () => toast.done(t("resetDone", { name })) });
  /** Answers whether it is gone. */
  const remove = () =>
    deleting.mutateAsync(id).then(
      () => {
        toast.done(t("remove.done", { name }));
        return true;
      },
      (error: unknown) => {
        toast.failed(failureText(error));
        return false;
      },
    );
  return { pause, resume, drain, reset, remove };
}
