"use client";

import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
import { Toaster } from "../primitives/toaster";
import { TipProvider } from "../primitives/tooltip";
import { TimeZoneKeeper } from "./time-zone-keeper";

interface ProvidersProps {
  /** Of this answer's content security policy, for the one inline script that sets the theme. */
  nonce: string | undefined;
  children: ReactNode;
}

/** What every page needs around it: theme, tips, toasts, and the reader's zone. */
export function Providers({ nonce, children }: ProvidersProps) {
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      nonce={nonce}
    >
      <TipProvider>{children}</TipProvider>
      <Toaster />
      <TimeZoneKeeper />
    </ThemeProvider>
  );
}
