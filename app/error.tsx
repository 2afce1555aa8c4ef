"use client";

import { AuthShell } from "@/lib/ui/layout/auth-shell";
import { PageError, type PageErrorProps } from "./_parts/page-error";

/** When the layout of an area failed too: the plain page around the message. */
export default function RootError(props: PageErrorProps) {
  return (
    <AuthShell>
      <PageError {...props} />
    </AuthShell>
  );
}
