import { recall, remember } from './memory';

export type Screen = 'start' | 'data' | 'segments' | 'predictions';
export type Theme = 'system' | 'light' | 'dark';
/** Stays until dismissed. */
export type Notice = { id: number; kind: 'info' | 'warning' | 'error'; sentence: string };

const screens: Screen[] = ['start', 'data', 'segments', 'predictions'];

/** What any page has, whatever is open in it: where the person is, how it looks, what they should know. */
export class Page {
  screen = $state<Screen>('start');
  theme = $state<Theme>('system');
  #system = $state<'light' | 'dark'>('light');
  /** The page and the workers' code are here: nothing is requested from now on. */
  ready = $state(false);
  /** Requests made since `ready`, as the browser counted them. */
  requestsAfterReady = $state(0);
  notices = $state.raw<Notice[]>([]);
  #nextNotice = 1;

  /** What is on screen now, wherever the choice comes from. */
  get shownTheme(): 'light' | 'dark' {
    return this.theme === 'system' ? this.#system : this.theme;
  }

  goTo(screen: Screen): void {
    this.screen = screen;
    const hash = screen === 'start' ? '#/' : `#/${screen}`;
    if (location.hash !== hash) location.hash = hash;
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    document.documentElement.dataset.theme = theme;
    remember('theme', theme);
  }

  notice(kind: Notice['kind'], sentence: string): void {
    this.notices = [...this.notices, { id: this.#nextNotice++, kind, sentence }];
  }

  dismissNotice(id: number): void {
    this.notices = this.notices.filter((notice) => notice.id !== id);
  }

  /** Follows the address and takes up the theme of the last visit. */
  protected watch(): void {
    const theme = recall('theme');
    if (theme === 'light' || theme === 'dark') this.setTheme(theme);
    const system = matchMedia('(prefers-color-scheme: dark)');
    const followSystem = () => (this.#system = system.matches ? 'dark' : 'light');
    system.addEventListener('change', followSystem);
    followSystem();
    const follow = () => {
      const name = location.hash.replace(/^#\/?/, '');
      this.screen = screens.find((screen) => screen === name) ?? 'start';
    };
    window.addEventListener('hashchange', follow);
    follow();
  }

  /** Counts what the browser itself records; a blob: or data: entry is not a request. */
  protected countRequests(): void {
    performance.clearResourceTimings();
    new PerformanceObserver((list) => {
      const requests = list.getEntries().filter((entry) => /^(https?|wss?):/.test(entry.name));
      this.requestsAfterReady += requests.length;
    }).observe({ type: 'resource' });
  }
}
