"use client";

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from "react";

export interface CommandHit {
  id: string;
  label: string;
  href: string;
  /** Small machine text at the right: an id, a prefix. */
  hint?: string;
}

/** Something that the command palette can search. */
export interface CommandSource {
  id: string;
  heading: string;
  /** Only called with at least two letters. May reject: the source is then left out. */
  search: (query: string, signal: AbortSignal) => Promise<readonly CommandHit[]>;
}

interface Registry {
  sources: readonly CommandSource[];
  register: (source: CommandSource) => () => void;
}

const Sources = createContext<Registry>({ sources: [], register: () => () => undefined });

/** Holds the sources of the area's command palette. The shell puts it around its pages. */
export function CommandSources({ children }: { children: ReactNode }) {
  const [sources, setSources] = useState<readonly CommandSource[]>([]);
  const register = useCallback((source: CommandSource) => {
    setSources((now) => [...now.filter((one) => one.id !== source.id), source]);
    return () => setSources((now) => now.filter((one) => one !== source));
  }, []);
  const registry = useMemo(() => ({ sources, register }), [sources, register]);
  return <Sources.Provider value={registry}>{children}</Sources.Provider>;
}

/** Makes something searchable while the calling component is on the page. Pass a stable object. */
export function useCommandSource(source: CommandSource): void {
  const { register } = useContext(Sources);
  useEffect(() => register(source), [register, source]);
}

export interface CommandGroup {
  id: string;
  heading: string;
  hits: readonly CommandHit[];
}

const SETTLE_MS = 180;
const LEAST_LETTERS = 2;

/** What the registered sources find; asks again when the typing pauses and drops late answers. */
export function useCommandHits(query: string): { groups: readonly CommandGroup[]; busy: boolean } {
  const { sources } = useContext(Sources);
  const [groups, setGroups] = useState<readonly CommandGroup[]>([]);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const wanted = query.trim();
    if (wanted.length < LEAST_LETTERS || sources.length === 0) {
      setGroups([]);
      setBusy(false);
      return;
    }
    const leave = new AbortController();
    setBusy(true);
    const timer = setTimeout(async () => {
      const found = await Promise.all(sources.map((source) => ask(source, wanted, leave.signal)));
      if (leave.signal.aborted) return;
      setGroups(found.filter((group) => group.hits.length > 0));
      setBusy(false);
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
      leave.abort();
    };
  }, [query, sources]);
  return { groups, busy };
}

async function ask(
  source: CommandSource,
  query: string,
  signal: AbortSignal,
): Promise<CommandGroup> {
  const { id, heading } = source;
  try {
    return { id, heading, hits: await source.search(query, signal) };
  } catch {
    // The palette is a short cut: what cannot be searched now is still on its own page.
    return { id, heading, hits: [] };
  }
}
