import Link from "next/link";
import { Button } from "@/lib/ui/primitives/button";
import { AuthPanel } from "./auth-panel";

interface MessagePanelProps {
  title: string;
  body: string;
  action: { href: string; label: string };
}

/** A page before the sign-in that has nothing to fill in: what is so, and where to go. */
export function MessagePanel({ title, body, action }: MessagePanelProps) {
  return (
    <AuthPanel title={title} purpose={body}>
      <Button asChild look="primary" size="lg">
        <Link href={action.href}>{action.label}</Link>
      </Button>
    </AuthPanel>
  );
}
