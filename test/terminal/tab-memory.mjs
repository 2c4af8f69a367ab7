// How much memory the app's tab took at most, as the system counted it.
import { readdirSync, readFileSync } from 'node:fs';

/** @param {string} path */
const read = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // the process has ended meanwhile
  }
};

/**
 * Peak resident memory of the largest tab process of the browser that runs on this profile, in MB; page and workers
 * share that process. Null where the system does not tell.
 * @param {string} profile
 */
export function peakTabMemoryMB(profile) {
  if (process.platform !== 'linux') return null;
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid, command: read(`/proc/${pid}/cmdline`), status: read(`/proc/${pid}/status`) }));
  /** @param {string} status @param {string} key */
  const field = (status, key) => status.match(new RegExp(`^${key}:\\s+(\\d+)`, 'm'))?.[1] ?? '';
  const family = new Set(
    processes.filter(({ command }) => command.includes(`--user-data-dir=${profile}`)).map(({ pid }) => pid),
  );
  for (let before = -1; before < family.size;) {
    before = family.size;
    for (const { pid, status } of processes) if (family.has(field(status, 'PPid'))) family.add(pid);
  }
  const peaks = processes
    .filter(({ pid, command }) => family.has(pid) && command.includes('--type=renderer'))
    .map(({ status }) => Number(field(status, 'VmHWM')) / 1024);
  return peaks.length > 0 ? Math.round(Math.max(...peaks)) : null;
}
