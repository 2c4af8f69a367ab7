/** The parts of the File System Access API that not every browser has, and TypeScript does not know yet. */
type Handle = FileSystemFileHandle & {
  queryPermission?(options: { mode: 'read' }): Promise<PermissionState>;
  requestPermission?(options: { mode: 'read' }): Promise<PermissionState>;
};
type Picker = (options: { multiple: false }) => Promise<Handle[]>;

/** What is kept of a watched file: the browser's own handle survives a reload, the right to read it may not. */
export type Watched = { handle: FileSystemFileHandle; lastModified: number };

const everyMs = 4000;
const picker = (): Picker | null =>
  (globalThis as { showOpenFilePicker?: Picker }).showOpenFilePicker ?? null;

/** Looks every few seconds whether one file has changed, while the tab is open. */
export class FileWatch {
  /** 'asks' = the browser wants the person's leave again before the file may be read. */
  state = $state<'off' | 'watching' | 'asks'>('off');
  fileName = $state('');
  #watched: Watched | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #isReading = false;
  #onChange: (file: File, watched: Watched) => Promise<void>;
  #onLost: (sentence: string) => void;

  constructor(onChange: (file: File, watched: Watched) => Promise<void>, onLost: (sentence: string) => void) {
    this.#onChange = onChange;
    this.#onLost = onLost;
  }

  /** Whether this browser lends a page a file for longer than one reading. */
  get isPossible(): boolean {
    return picker() !== null;
  }

  /** The person chooses the file; null when they do not. */
  async choose(): Promise<Watched | null> {
    const [handle] = (await picker()?.({ multiple: false }).catch(() => [])) ?? [];
    return handle ? { handle, lastModified: 0 } : null;
  }

  /** Goes on with a file that is known already; may need the person's leave first. */
  async begin(watched: Watched): Promise<void> {
    this.end();
    this.#watched = watched;
    this.fileName = watched.handle.name;
    const handle = watched.handle as Handle;
    const permission = (await handle.queryPermission?.({ mode: 'read' })) ?? 'granted';
    if (permission === 'granted') this.#poll();
    else this.state = 'asks';
  }

  /** Only from something the person did: the browser shows its own question. */
  async askAgain(): Promise<void> {
    const handle = this.#watched?.handle as Handle | undefined;
    if ((await handle?.requestPermission?.({ mode: 'read' })) === 'granted') this.#poll();
  }

  end(): void {
    clearInterval(this.#timer);
    this.#watched = null;
    this.fileName = '';
    this.state = 'off';
  }

  #poll(): void {
    this.state = 'watching';
    clearInterval(this.#timer);
    this.#timer = setInterval(() => void this.#look(), everyMs);
    void this.#look();
  }

  async #look(): Promise<void> {
    const watched = this.#watched;
    if (!watched || this.#isReading) return;
    this.#isReading = true;
    try {
      const file = await watched.handle.getFile();
      if (file.lastModified === watched.lastModified || watched !== this.#watched) return;
      this.#watched = { ...watched, lastModified: file.lastModified };
      await this.#onChange(file, this.#watched);
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotAllowedError') {
        clearInterval(this.#timer);
        this.state = 'asks';
      } else {
        this.#onLost(
          `${watched.handle.name} is no longer where it was, so it is not watched any more. Choose it again to go on.`,
        );
        this.end();
      }
    } finally {
      this.#isReading = false;
    }
  }
}
