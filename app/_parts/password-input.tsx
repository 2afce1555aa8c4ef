"use client";
import { Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { IconButton } from "@/lib/ui/primitives/icon-button";
import { Input } from "@/lib/ui/primitives/input";

/** A password box whose content can be looked at before it is sent. */
export function PasswordInput(props: Omit<ComponentProps<typeof Input>, "type">) {
  const t = useTranslations("ui.secret");
  const [shown, setShown] = useState(false);
  return (
    <div className="relative">
      <Input {...props} type={shown ? "text" : "password"} className="pe-10" />
      <div className="absolute inset-y-0 end-1 flex items-center">
        <IconButton
          icon={shown ? EyeOff : Eye}
          label={t(shown ? "hide" : "show")}
          size="sm"
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        />
      </div>
    </div>
  );
}
