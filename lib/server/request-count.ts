/** Counts requests in flight. */
export interface RequestCount {
  opened(): void;
  closed(): void;
  open(): number;
}

export function requestCount(): RequestCount {
  let open = 0;
  return {
    opened() {
      open++;
    },
    closed() {
      open--;
    },
    open: () => open,
  };
}
