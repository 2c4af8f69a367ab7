export type Announce = (projectId: string) => void;

/** Tells other tabs which project changed, and hears it from them; a tab does not hear itself. */
export function listenForChanges(name: string) {
  const channel = new BroadcastChannel(name);
  const callbacks = new Set<(projectId: string) => void>();
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'string') for (const callback of callbacks) callback(data);
  };
  return {
    announce: ((projectId) => channel.postMessage(projectId)) as Announce,
    listen(callback: (projectId: string) => void) {
      callbacks.add(callback);
      return () => void callbacks.delete(callback);
    },
    close: () => channel.close(),
  };
}
