// SHA-256 (FIPS 180-4) of bytes that are put piece by piece at `room`.

const ROOM: u32 = 1 << 16;

const constants = memory.data<u32>([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
]);
const initial = memory.data<u32>([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);
/** The first words of a block as they come, the others worked out from them. */
const words = memory.data(4 * 64);
const state = memory.data(32);
/** What is left over of the last piece, in front of the room so that the two join. */
const rest = memory.data(64 + ROOM);
const room = rest + 64;

let nRest: u32 = 0;
let nBytes: u64 = 0;

/** Where pieces are put. */
export function roomAt(): usize {
  return room;
}

export function roomSize(): u32 {
  return ROOM;
}

export function begin(): void {
  memory.copy(state, initial, 32);
  nRest = 0;
  nBytes = 0;
}

/** Takes the first `n` bytes of the room. */
export function take(n: u32): void {
  nBytes += n;
  // The rest moves right before the room.
  let at = room - nRest;
  memory.copy(at, rest, nRest);
  const end = room + n;
  for (; at + 64 <= end; at += 64) mix(at);
  nRest = <u32>(end - at);
  memory.copy(rest, at, nRest);
}

/** Where the 32 bytes of the hash are. */
export function finish(): usize {
  const nBits = nBytes << 3;
  const nPadding = (nRest < 56 ? 64 : 128) - nRest;
  memory.fill(room, 0, nPadding);
  store<u8>(room, 0x80);
  store<u64>(room + nPadding - 8, bswap<u64>(nBits));
  take(nPadding);
  for (let i: u32 = 0; i < 32; i += 4) store<u32>(state + i, bswap<u32>(load<u32>(state + i)));
  return state;
}

function stir(h: u32, e: u32, f: u32, g: u32, i: u32): u32 {
  const turned = rotr<u32>(e, 6) ^ rotr<u32>(e, 11) ^ rotr<u32>(e, 25);
  return h + turned + (g ^ (e & (f ^ g))) + load<u32>(constants + i) + load<u32>(words + i);
}

function fold(a: u32, b: u32, c: u32): u32 {
  return (rotr<u32>(a, 2) ^ rotr<u32>(a, 13) ^ rotr<u32>(a, 22)) + ((a & b) | (c & (a | b)));
}

function mix(block: usize): void {
  for (let i: u32 = 0; i < 64; i += 4) store<u32>(words + i, bswap<u32>(load<u32>(block + i)));
  for (let i: u32 = 64; i < 256; i += 4) {
    const x = load<u32>(words + i - 60);
    const y = load<u32>(words + i - 8);
    const s0 = rotr<u32>(x, 7) ^ rotr<u32>(x, 18) ^ (x >>> 3);
    const s1 = rotr<u32>(y, 17) ^ rotr<u32>(y, 19) ^ (y >>> 10);
    store<u32>(words + i, load<u32>(words + i - 64) + s0 + load<u32>(words + i - 28) + s1);
  }
  let a = load<u32>(state);
  let b = load<u32>(state, 4);
  let c = load<u32>(state, 8);
  let d = load<u32>(state, 12);
  let e = load<u32>(state, 16);
  let f = load<u32>(state, 20);
  let g = load<u32>(state, 24);
  let h = load<u32>(state, 28);
  // Eight rounds at once: the letters take turns instead of being moved on.
  for (let i: u32 = 0; i < 256; i += 32) {
    h = stir(h, e, f, g, i);
    d += h;
    h += fold(a, b, c);
    g = stir(g, d, e, f, i + 4);
    c += g;
    g += fold(h, a, b);
    f = stir(f, c, d, e, i + 8);
    b += f;
    f += fold(g, h, a);
    e = stir(e, b, c, d, i + 12);
    a += e;
    e += fold(f, g, h);
    d = stir(d, a, b, c, i + 16);
    h += d;
    d += fold(e, f, g);
    c = stir(c, h, a, b, i + 20);
    g += c;
    c += fold(d, e, f);
    b = stir(b, g, h, a, i + 24);
    f += b;
    b += fold(c, d, e);
    a = stir(a, f, g, h, i + 28);
    e += a;
    a += fold(b, c, d);
  }
  add(0, a);
  add(4, b);
  add(8, c);
  add(12, d);
  add(16, e);
  add(20, f);
  add(24, g);
  add(28, h);
}

function add(at: u32, value: u32): void {
  store<u32>(state + at, load<u32>(state + at) + value);
}
