import { queryOptions } from "@tanstack/react-query";
import type {
  PoolUsageSeriesQuery,
  UsageQuery,
  UsageSeries,
  UsageSeriesQuery,
  UsageSummary,
  UsageTable,
  UsageTableQuery,
} from "../../contracts/usage";
import { getJson } from "../api";

export const usageSummaryQuery = (query: UsageQuery) =>
  queryOptions({
    queryKey: ["usage", "summary", query],
    queryFn: ({ signal }) => getJson<UsageSummary>("/api/portal/usage/summary", query, signal),
  });

export const usageSeriesQuery = (query: UsageSeriesQuery) =>
  queryOptions({
    queryKey: ["usage", "series", query],
    queryFn: ({ signal }) => getJson<UsageSeries>("/api/portal/usage/series", query, signal),
  });

export const usageTableQuery = (query: UsageTableQuery) =>
  queryOptions({
    queryKey: ["usage", "table", query],
    queryFn: ({ signal }) => getJson<UsageTable>("/api/portal/usage/table", query, signal),
  });

export const poolUsageSeriesQuery = (query: PoolUsageSeriesQuery) =>
  queryOptions({
    queryKey: ["pool-usage", "series", query],
    queryFn: ({ signal }) => getJson<UsageSeries>("/api/admin/usage/series", query, signal),
  });
