"use client";

import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
import { PageNonce, usePageNonce } from "../primitives/page-nonce";
import { Toaster } from "../primitives/toaster";
import { TipProvider } from "../primitives/tooltip";
import { TimeZoneKeeper } from "./time-zone-keeper";

interface ProvidersProps {
  /** Of this answer's content security policy, for the script and the styles that must stand inline. */
  nonce: string | undefined;
  children: ReactNode;
}

/** What every page needs around it: theme, tips, toasts, and the reader's zone. */
export function Providers({ nonce, children }: ProvidersProps) {
  return (
    <PageNonce nonce={nonce}>
      <Theme>
        <TipProvider>{children}</TipProvider>
        <Toaster />
        <TimeZoneKeeper />
      </Theme>
    </PageNonce>
  );
}

function Theme({ children }: { children: ReactNode }) {
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      nonce={usePageNonce()}
    >
      {children}
    </ThemeProvider>
  );
}
