"use client";

import { Download, Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { saveFile } from "../save-file";
import { Button } from "./button";
import { CopyButton } from "./copy-button";
import { IconButton } from "./icon-button";
import { Notice } from "./notice";

interface SecretRevealProps {
  /** The full secret. The page holds it in memory only, until it is closed. */
  secret: string;
  /** What it is, for the copy button and the name of the file. */
  name: string;
  /** Saves the secret as a text file of this name. */
  fileName?: string;
}

/** A secret that is shown once: hidden at first glance, to be copied or saved. */
export function SecretReveal({ secret, name, fileName }: SecretRevealProps) {
  const t = useTranslations("ui");
  const [shown, setShown] = useState(false);
  return (
    <div className="flex flex-col gap-3">
      <Notice tone="warn">{t("secret.once")}</Notice>
      <div className="flex items-center gap-1 rounded-md border border-control bg-sunken py-1 ps-3 pe-1">
        <output aria-label={name} className="min-w-0 flex-1 break-all font-mono text-sm">
          {shown ? secret : masked(secret)}
        </output>
        <IconButton
          icon={shown ? EyeOff : Eye}
          label={shown ? t("secret.hide") : t("secret.show")}
          size="sm"
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        />
      </div>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={secret} what={name} wide size="md" />
        {fileName ? (
          <Button onClick={() => saveFile(fileName, `${secret}\n`, "text/plain")}>
            <Download aria-hidden="true" />
            {t("download")}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

/** The first letters say which secret it is; the length of the rest is nobody's business. */
function masked(secret: string): string {
  return `${secret.slice(0, 7)}${"•".repeat(24)}`;
}
