import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api";

const FRESH_MS = 30_000;
const RETRIES = 2;

/**
 * A query client with the portal's defaults: data stay fresh for 30 s, and only failures that may
 * pass by themselves (no connection, 5xx) are retried. One per request on the server, one per tab.
 */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: FRESH_MS, retry: mayPass },
      mutations: { retry: false },
    },
  });
}

function mayPass(failures: number, error: unknown): boolean {
  if (failures >= RETRIES) return false;
  if (!(error instanceof ApiError)) return true;
  return error.problem.status === 0 || error.problem.status >= 500;
}
