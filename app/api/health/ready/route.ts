import { readyHandler } from "@/lib/server/status";

export const dynamic = "force-dynamic";
export const GET = readyHandler;
