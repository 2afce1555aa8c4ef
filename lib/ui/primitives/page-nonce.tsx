"use client";

import { createContext, type ReactNode, useContext, useInsertionEffect, useState } from "react";

const Nonce = createContext<string | undefined>(undefined);

interface PageNonceProps {
  nonce: string | undefined;
  children: ReactNode;
}

/**
 * Keeps the nonce that the document was loaded with. Later answers of the server carry nonces of
 * their own, which the browser does not accept in this document.
 */
export function PageNonce({ nonce, children }: PageNonceProps) {
  const [first] = useState(nonce);
  // Where the scroll lock under dialogs looks for the nonce of its style element.
  useInsertionEffect(() => {
    Reflect.set(window, "__webpack_nonce__", first);
  }, [first]);
  return <Nonce value={first}>{children}</Nonce>;
}

/** The nonce for style and script elements that are put into the page. */
export function usePageNonce(): string | undefined {
  return useContext(Nonce);
}
