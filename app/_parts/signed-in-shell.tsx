"use client";

import type { ReactNode } from "react";
import { useSignOut } from "@/lib/client/hooks/auth";
import { AppShell } from "@/lib/ui/layout/app-shell";
import type { NavGroup } from "@/lib/ui/layout/nav-icons";
import type { ShellUser } from "@/lib/ui/layout/user-menu";
import { AdminSearch, PortalSearch } from "./search-sources";

interface SignedInShellProps {
  area: "portal" | "admin";
  homeHref: string;
  groups: readonly NavGroup[];
  user: ShellUser;
  otherArea?: { area: "admin" | "portal"; href: string };
  children: ReactNode;
}

/** The shell of the signed-in areas, with the way out that only a browser can go. */
export function SignedInShell(props: SignedInShellProps) {
  const signOut = useSignOut();
  // A full load, not a client-side move: nothing of the reader may stay in memory.
  const leave = () => signOut.mutate(undefined, { onSuccess: () => window.location.assign("/") });
  return (
    <AppShell {...props} onSignOut={leave}>
      {props.area === "admin" ? <AdminSearch /> : <PortalSearch />}
      {props.children}
    </AppShell>
  );
}
