import { expect, test } from 'vitest';
import { createLatestCall } from '../src/bridge/latest-call';

test('of calls that come while one runs only the newest runs, and only the newest answers', async () => {
  const latest = createLatestCall();
  const started: string[] = [];
  const open = new Map<string, () => void>();
  const call = (name: string) =>
    latest(() => {
      started.push(name);
      return new Promise<string>((resolve) => open.set(name, () => resolve(name)));
    });
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  const first = call('first');
  await settle();
  const [second, third] = [call('second'), call('third')];
  await settle();
  expect(started).toEqual(['first']);
  open.get('first')!();
  expect(await first).toBe(null);
  expect(await second).toBe(null);
  await settle();
  expect(started).toEqual(['first', 'third']);
  open.get('third')!();
  expect(await third).toBe('third');
});

test('a call that fails tells its caller and holds up nobody', async () => {
  const latest = createLatestCall();
  await expect(latest(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await latest(() => Promise.resolve(1))).toBe(1);
});
