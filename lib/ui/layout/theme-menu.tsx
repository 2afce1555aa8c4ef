"use client";

import { SunMoon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { IconButton } from "../primitives/icon-button";
import { Menu, MenuChoices } from "../primitives/menu";

const THEMES = ["light", "dark", "system"] as const;

/** Light, dark, or as the system says. */
export function ThemeMenu() {
  const t = useTranslations("shell");
  const { theme = "system", setTheme } = useTheme();
  return (
    <Menu trigger={<IconButton icon={SunMoon} label={t("theme")} />}>
      <MenuChoices
        value={theme}
        choices={THEMES.map((value) => ({ value, label: t(`themes.${value}`) }))}
        onValueChange={setTheme}
      />
    </Menu>
  );
}
