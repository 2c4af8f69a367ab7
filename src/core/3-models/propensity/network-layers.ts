/** Weights nIn x nOut, row-major, and a bias for each output. */
export type Layer = { nIn: number; nOut: number; weights: number[]; biases: number[] };

type Ready = { nOut: number; weights: Float64Array; biases: Float64Array; out: Float64Array };

/** Adds `value` at input `i` to what arrives at a layer's outputs. */
function add({ nOut, weights }: Ready, i: number, value: number, arrived: Float64Array): void {
  for (let o = 0, at = i * nOut; o < nOut; o++) arrived[o]! += value * weights[at + o]!;
}

/** The same numbers in typed lists, with room for what each layer says: many rows pass without a new list. */
export function readyLayers(layers: Layer[]) {
  const ready = layers.map(({ nOut, weights, biases }): Ready => ({
    nOut,
    weights: Float64Array.from(weights),
    biases: Float64Array.from(biases),
    out: new Float64Array(nOut),
  }));
  const [first, ...rest] = ready as [Ready, ...Ready[]];
  return {
    /** Puts into `arrived` what arrives at the first layer's outputs (before its bend) for these inputs. */
    enter(inputs: Float64Array, arrived: Float64Array): void {
      arrived.set(first.biases);
      for (let i = 0; i < inputs.length; i++) add(first, i, inputs[i]!, arrived);
    },
    addInput: (i: number, value: number, arrived: Float64Array) => add(first, i, value, arrived),
    /** What the layers after the first say of it. */
    finish(arrived: Float64Array): number {
      let values = arrived;
      for (const layer of rest) {
        layer.out.set(layer.biases);
        for (let i = 0; i < values.length; i++) if (values[i]! > 0) add(layer, i, values[i]!, layer.out);
        values = layer.out;
      }
      return values[0]!;
    },
  };
}
