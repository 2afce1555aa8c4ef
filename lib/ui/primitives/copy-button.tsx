"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "../class-names";
import { Button } from "./button";
import { IconButton } from "./icon-button";
import { useCopy } from "./use-copy";

interface CopyButtonProps {
  text: string;
  /** What is copied, read out with the verb: "Copy", then this. */
  what?: string;
  /** Word and icon instead of the icon alone. */
  wide?: boolean;
  size?: "sm" | "md";
  className?: string;
}

/** Copies a text and confirms it, to the eye and to the screen reader. */
export function CopyButton({ text, what, wide, size = "sm", className }: CopyButtonProps) {
  const t = useTranslations("ui");
  const { copied, copy } = useCopy();
  const word = copied ? t("copied") : t("copy");
  const label = what ? `${word}: ${what}` : word;
  return (
    <>
      {wide ? (
        <Button size={size} className={className} onClick={() => void copy(text)}>
          {copied ? (
            <Check aria-hidden="true" className="text-good" />
          ) : (
            <Copy aria-hidden="true" />
          )}
          {word}
        </Button>
      ) : (
        <IconButton
          icon={copied ? Check : Copy}
          label={label}
          size={size}
          className={cn(copied && "text-good hover:text-good", className)}
          onClick={() => void copy(text)}
        />
      )}
      <span role="status" className="sr-only">
        {copied ? t("copied") : ""}
      </span>
    </>
  );
}
