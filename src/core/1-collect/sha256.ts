import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import instantiate from './wasm/sha256.ts?wasm';

/** SHA-256 piece by piece: bytes are put into `room`, then taken; `finish` gives the hash in hexadecimal digits. */
export type Sha256 = { room: Uint8Array<ArrayBuffer>; take(nBytes: number): void; finish(): string };

type Wasm = {
  memory: { buffer: ArrayBuffer };
  roomAt(): number;
  roomSize(): number;
  begin(): void;
  take(nBytes: number): void;
  finish(): number;
};

const ROOM = 1 << 16;
let kept: Wasm | null | undefined;

/** Begins a hash; the one before must be finished. In plain script, at half the speed, where WebAssembly is refused. */
export function startSha256(): Sha256 {
  kept ??= instantiate({}) as Wasm | null;
  return kept ? wasmSha256(kept) : plainSha256();
}

function wasmSha256(wasm: Wasm): Sha256 {
  wasm.begin();
  const { buffer } = wasm.memory;
  return {
    room: new Uint8Array(buffer, wasm.roomAt(), wasm.roomSize()),
    take: (nBytes) => wasm.take(nBytes),
    finish: () => bytesToHex(new Uint8Array(buffer, wasm.finish(), 32)),
  };
}

export function plainSha256(): Sha256 {
  const hash = sha256.create();
  const room = new Uint8Array(ROOM);
  return {
    room,
    take: (nBytes) => void hash.update(room.subarray(0, nBytes)),
    finish: () => bytesToHex(hash.digest()),
  };
}
