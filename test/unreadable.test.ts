import { expect, test } from 'vitest';
import { throwUnreadable } from '../src/bridge/unreadable';
import { AppError } from '../src/core/kit/errors';

test('a file that the browser can read no more is said with its name; any other fault stays what it is', async () => {
  const fail = (error: unknown) => Promise.reject(error).catch(throwUnreadable(new File([], 'orders.csv')));
  for (const name of ['NotFoundError', 'NotReadableError'])
    await expect(fail(Object.assign(new Error('gone'), { name }))).rejects.toMatchObject({
      name: 'FileUnreadable',
      message: expect.stringMatching(/^wanted to read orders\.csv/),
    });
  const cancelled = new AppError('Cancelled');
  await expect(fail(cancelled)).rejects.toBe(cancelled);
});
