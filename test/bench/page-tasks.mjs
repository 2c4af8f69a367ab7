// How long the page's own tasks take, by the browser's trace: processor time, so that a busy machine does not count.

/**
 * The longest task of the main thread while `work` runs, in ms of processor time.
 * @param {import('playwright').BrowserContext} context @param {() => Promise<unknown>} work
 */
export async function longestTaskCpuMs(context, work) {
  const browser = context.browser();
  if (!browser) throw new Error('no browser to trace');
  const session = await browser.newBrowserCDPSession();
  /** @type {Record<string, any>[]} */
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value)
      if (event.name === 'thread_name' || (event.ph === 'X' && String(event.name).endsWith('RunTask')))
        events.push(event);
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { recordMode: 'recordUntilFull', includedCategories: ['toplevel'] },
  });
  await work();
  const ended = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await ended;
  const threadOf = (/** @type {Record<string, any>} */ { pid, tid }) => `${pid}/${tid}`;
  const pages = new Set(
    events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf),
  );
  const tasks = events.filter((event) => event.ph === 'X' && pages.has(threadOf(event)));
  if (tasks.length === 0) throw new Error('the trace has no task of the page');
  return tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur / 1000), 0);
}
