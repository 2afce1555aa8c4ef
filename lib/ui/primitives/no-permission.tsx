import { Lock } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "./button";
import { MessageState } from "./message-state";

interface NoPermissionProps {
  /** Which right is missing, when that may be said. */
  message?: string;
  homeHref?: string;
  level?: 1 | 2 | 3;
}

/** The page exists, but not for this reader. */
export function NoPermission({ message, homeHref = "/overview", level = 2 }: NoPermissionProps) {
  const t = useTranslations("ui.denied");
  return (
    <MessageState
      icon={Lock}
      level={level}
      title={t("title")}
      body={message ?? t("body")}
      action={
        <Button asChild>
          <Link href={homeHref}>{t("home")}</Link>
        </Button>
      }
    />
  );
}
