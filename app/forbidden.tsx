import { AuthShell } from "@/lib/ui/layout/auth-shell";
import { NoPermission } from "@/lib/ui/primitives/no-permission";

export default function Forbidden() {
  return (
    <AuthShell>
      <NoPermission level={1} />
    </AuthShell>
  );
}
