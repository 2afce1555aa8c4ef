import { FileQuestionMark } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AuthShell } from "@/lib/ui/layout/auth-shell";
import { Button } from "@/lib/ui/primitives/button";
import { MessageState } from "@/lib/ui/primitives/message-state";

export default async function NotFound() {
  const t = await getTranslations("errors.notFound");
  return (
    <AuthShell>
      <MessageState
        icon={FileQuestionMark}
        level={1}
        title={t("title")}
        body={t("body")}
        action={
          <Button asChild look="primary">
            <Link href="/">{t("home")}</Link>
          </Button>
        }
      />
    </AuthShell>
  );
}
