import { expect, test, vi } from 'vitest';
import { holdProject } from '../../src/storage/hold-project';

test('a second tab is told as soon as the first lets go, and then holds the project itself', async () => {
  const first = await holdProject('shared');
  expect(first.isWriter).toBe(true);
  const onFree = vi.fn();
  const second = await holdProject('shared', onFree);
  expect(second.isWriter).toBe(false);
  expect(onFree).not.toHaveBeenCalled();
  await first.release();
  await vi.waitFor(() => expect(onFree).toHaveBeenCalledOnce());
  expect((await holdProject('shared')).isWriter).toBe(false);
  await second.release();
  const third = await holdProject('shared');
  expect(third.isWriter).toBe(true);
  await third.release();
});

test('a tab that no longer waits does not come in', async () => {
  const first = await holdProject('left');
  const onFree = vi.fn();
  const second = await holdProject('left', onFree);
  await second.release();
  await first.release();
  const third = await holdProject('left');
  expect(third.isWriter).toBe(true);
  expect(onFree).not.toHaveBeenCalled();
  await third.release();
});
