import type { RawBlock } from '../src/core/1-collect/raw-table';

/** What the reader of some columns sends: block after block, then whether cells had to be repaired. */
type LaneMessage = { block: RawBlock } | { isRepaired: boolean };

const mostUntaken = 3;

const buffersOf = ({ columns }: RawBlock): ArrayBuffer[] =>
  columns.flatMap(
    ({ codes, newTexts }) => [codes.buffer, newTexts.bytes.buffer, newTexts.ends.buffer] as ArrayBuffer[],
  );

/** The sending end: `write` waits while the other end is blocks behind. */
export function createLaneWriter(port: MessagePort) {
  let nUntaken = 0;
  let goOn = () => {};
  port.onmessage = () => {
    nUntaken--;
    goOn();
  };
  return {
    async write(block: RawBlock): Promise<void> {
      while (nUntaken >= mostUntaken) await new Promise<void>((resolve) => (goOn = resolve));
      nUntaken++;
      port.postMessage({ block } satisfies LaneMessage, buffersOf(block));
    },
    end: (isRepaired: boolean) => port.postMessage({ isRepaired } satisfies LaneMessage),
  };
}

/** The receiving end, block by block in their order; `end` tells whether cells were repaired. */
export function createLaneReader(port: MessagePort) {
  const arrived: LaneMessage[] = [];
  let wake = () => {};
  port.onmessage = ({ data }: MessageEvent<LaneMessage>) => {
    arrived.push(data);
    wake();
  };
  const next = async (): Promise<LaneMessage> => {
    while (arrived.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return arrived.shift()!;
  };
  return {
    async block(): Promise<RawBlock> {
      const message = await next();
      if (!('block' in message)) throw new Error('a reader of some columns found fewer rows than another');
      port.postMessage(null);
      return message.block;
    },
    async end(): Promise<boolean> {
      const message = await next();
      port.close();
      return 'isRepaired' in message && message.isRepaired;
    },
  };
}
