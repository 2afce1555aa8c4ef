import { FileQuestionMark } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Button } from "@/lib/ui/primitives/button";
import { MessageState } from "@/lib/ui/primitives/message-state";

/** Says that an address leads nowhere, or to something that is gone. */
export async function NoSuchPage() {
  const t = await getTranslations("errors.notFound");
  return (
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
  );
}
