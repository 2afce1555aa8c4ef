type Stop = () => void | Promise<void>;

/** What has been started so far, ended in the opposite order; every end is tried. */
export function cleanUp() {
  const stops: Stop[] = [];
  return {
    later(stop: Stop): void {
      stops.push(stop);
    },
    async now(): Promise<void> {
      for (let stop = stops.pop(); stop; stop = stops.pop()) {
        await Promise.resolve(stop()).catch((error: unknown) => console.error(error));
      }
    },
  };
}

export type CleanUp = ReturnType<typeof cleanUp>;
