// The only globals beyond ECMAScript that the core may use: pure text codecs, the same in page, worker and Node.
declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
  encodeInto(text: string, bytes: Uint8Array): { read: number; written: number };
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}

/** An AssemblyScript file compiled by the build: makes an instance; null where WebAssembly is refused. */
declare module '*?wasm' {
  const instantiate: (host: Record<string, (...values: number[]) => number>) => unknown;
  export default instantiate;
}
