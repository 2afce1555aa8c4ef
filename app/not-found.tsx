import { AuthShell } from "@/lib/ui/layout/auth-shell";
import { NoSuchPage } from "./_parts/no-such-page";

export default function NotFound() {
  return (
    <AuthShell>
      <NoSuchPage />
    </AuthShell>
  );
}
