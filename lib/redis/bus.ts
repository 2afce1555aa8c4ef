import type { Redis } from "ioredis";

export interface Bus {
  publish(channel: string, message: string): Promise<void>;
  /** `onMessage` for each message; `onConnect` each time that messages may have been missed. */
  listen(
    channel: string,
    onMessage: (message: string) => void,
    onConnect?: () => void,
  ): Promise<void>;
}

/** Publish and subscribe. A subscriber that lost its connection subscribes again and says so. */
export function openBus(commands: Redis, subscriber: Redis): Bus {
  const listeners = new Map<string, ((message: string) => void)[]>();
  subscriber.on("message", (channel: string, message: string) => {
    for (const listener of listeners.get(channel) ?? []) listener(message);
  });
  return {
    async publish(channel, message) {
      await commands.publish(channel, message);
    },
    async listen(channel, onMessage, onConnect) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), onMessage]);
      if (onConnect) subscriber.on("ready", onConnect);
      await subscriber.subscribe(channel);
    },
  };
}
