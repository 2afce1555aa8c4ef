import { relayRoute } from "@/lib/server/relay/route";

export const dynamic = "force-dynamic";
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = relayRoute();
