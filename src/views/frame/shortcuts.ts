import { workspace, type Screen } from '../../state/workspace.svelte';
import { view } from '../view-state.svelte';

const screens: Record<string, Screen> = { h: 'start', d: 'data', s: 'segments', p: 'predictions' };
let goUntil = 0;

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('select, textarea, input:not([type=radio], [type=checkbox], [type=range], [type=file])'));

/** Keys of the whole page. None fires in a field; single letters only while the person leaves them on. */
export function onPageKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || isTyping(event.target)) return;
  if (event.ctrlKey || event.metaKey) return onCommandKey(event);
  if (view.hasSingleKeys && !document.querySelector('dialog[open]')) onLetterKey(event);
}

function onCommandKey(event: KeyboardEvent) {
  const key = event.key.toLowerCase();
  if (key === 'z') {
    event.preventDefault();
    void (event.shiftKey ? workspace.redo() : workspace.undo());
  } else if (key === '.') {
    const running = workspace.jobs.find(({ state }) => state === 'running');
    if (running) workspace.cancel(running.id);
  }
}

function onLetterKey(event: KeyboardEvent) {
  const screen = screens[event.key];
  if (screen && event.timeStamp < goUntil) workspace.goTo(screen);
  goUntil = event.key === 'g' ? event.timeStamp + 1200 : 0;
  if (event.key === '?') view.isHelpOpen = true;
  const count = workspace.segmentation?.segments.length ?? 0;
  if (!count || workspace.screen !== 'segments') return;
  if (event.key === ']') view.openSegment((view.segment + 1) % count);
  if (event.key === '[') view.openSegment((view.segment - 1 + count) % count);
}
